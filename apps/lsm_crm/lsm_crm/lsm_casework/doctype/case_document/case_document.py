from lsm_crm.services.bsn import refuse_bsn
from lsm_crm.services.encryption import EncryptedDocument
from lsm_crm.services.links import require_read_on_links


class CaseDocument(EncryptedDocument):
	ENCRYPTED_FIELDS = ("description",)

	def validate(self):
		require_read_on_links(self, "case")
		refuse_bsn(self, "title", "description")
