from lsm_crm.services.terms import Term


class LSMProject(Term):
	pass
