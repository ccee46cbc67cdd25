from lsm_crm.services.terms import Term


class HelpTopic(Term):
	pass
