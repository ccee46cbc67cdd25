"""Programs elsewhere, by token. Each function also asks whether this integration was given that right."""

FUNCTIONS = {
	"lsm_crm.api.description.openapi": "GET",
	"lsm_crm.api.integrations.agenda": "GET",
	"lsm_crm.api.integrations.figures": "GET",
}
