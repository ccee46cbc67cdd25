from lsm_crm.services.terms import Term


class ClientGroup(Term):
	pass
