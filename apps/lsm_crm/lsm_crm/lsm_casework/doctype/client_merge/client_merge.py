from lsm_crm.services.encryption import EncryptedDocument


class ClientMerge(EncryptedDocument):
	ENCRYPTED_FIELDS = ("moved", "record_before")
