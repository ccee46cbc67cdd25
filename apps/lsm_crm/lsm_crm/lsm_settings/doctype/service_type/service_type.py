from lsm_crm.services.terms import Term


class ServiceType(Term):
	pass
