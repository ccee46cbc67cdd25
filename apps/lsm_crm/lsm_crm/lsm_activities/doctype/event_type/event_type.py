from lsm_crm.services.terms import Term


class EventType(Term):
	pass
