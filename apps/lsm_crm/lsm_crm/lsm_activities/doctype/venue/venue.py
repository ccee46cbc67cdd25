from lsm_crm.services.terms import Term


class Venue(Term):
	pass
