from lsm_crm.services.terms import Term


class TutoringSubject(Term):
	pass
