from lsm_crm.services.terms import Term


class CaseType(Term):
	pass
