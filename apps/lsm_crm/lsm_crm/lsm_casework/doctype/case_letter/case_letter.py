from lsm_crm.services import prints
from lsm_crm.services.bsn import refuse_bsn
from lsm_crm.services.encryption import EncryptedDocument
from lsm_crm.services.links import require_read_on_links


class CaseLetter(EncryptedDocument):
	ENCRYPTED_FIELDS = ("subject", "body")

	def validate(self):
		require_read_on_links(self, "case", "template")
		refuse_bsn(self, "subject", "body")

	def paper(self) -> dict:
		"""The letter for the print."""
		return prints.client_letter(self)
