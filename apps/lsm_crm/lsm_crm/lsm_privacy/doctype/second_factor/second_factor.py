from lsm_crm.services.encryption import EncryptedDocument


class SecondFactor(EncryptedDocument):
	"""The second factor of one account. No role reads it; the services of the same name do."""

	ENCRYPTED_FIELDS = ("secret",)
