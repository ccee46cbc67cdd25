from lsm_crm.services.bsn import refuse_bsn
from lsm_crm.services.encryption import EncryptedDocument
from lsm_crm.services.links import require_read_on_links


class ClientConfidential(EncryptedDocument):
	ENCRYPTED_FIELDS = (
		"client_group",
		"residence_status",
		"residence_until",
		"nationality",
		"health",
		"debts",
		"safety_risks",
		"other_sensitive",
	)

	def validate(self):
		require_read_on_links(self, "client")
		refuse_bsn(self, "residence_until", "nationality", "health", "debts", "safety_risks", "other_sensitive")
