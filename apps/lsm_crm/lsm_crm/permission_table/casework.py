"""The role table of casework; see the package for its form.

Front office has no right on Client or Case: `services/people_search.py` gives them number, name and year of birth, and
`services/help_requests.py` makes the case. `Client Search Key` is nobody's.
"""

from lsm_crm.constants import ACTIVITY_LEAD, CASE_WORKER, COORDINATOR, FRONT_OFFICE, LANGUAGE_HELPER, PRIVACY_OFFICER

EDIT = "select read write create print report"
READ = "select read"

PAPERS = {
	CASE_WORKER: {"actions": "read write create print report", "rows": "papers_of_own_cases"},
	COORDINATOR: {"actions": "read write create print report", "rows": "papers_coordinator_reads"},
}

TABLE: dict[str, dict[str, dict]] = {
	"Client": {
		CASE_WORKER: {"actions": "select read write create print report", "rows": "own_clients"},
		COORDINATOR: {"actions": EDIT},
	},
	"Client Confidential": {
		CASE_WORKER: {"actions": "read write create print", "rows": "confidential_of_own_cases"},
		COORDINATOR: {"actions": "read write create print", "rows": "confidential_of_own_cases"},
	},
	"Household": {
		CASE_WORKER: {"actions": "select read write create print report", "rows": "households_of_own_clients"},
		COORDINATOR: {"actions": EDIT},
	},
	# What came by the website: front office answers it or makes a help request of it.
	"Incoming Question": {
		FRONT_OFFICE: {"actions": "read write report"},
		COORDINATOR: {"actions": "read write report"},
	},
	"Help Request": {
		FRONT_OFFICE: {"actions": "select read write create report", "rows": "open_or_own_requests"},
		CASE_WORKER: {"actions": "select read write create print report", "rows": "requests_of_own_cases"},
		COORDINATOR: {"actions": EDIT},
	},
	"Case": {
		CASE_WORKER: {"actions": "select read write create print report", "rows": "own_cases"},
		COORDINATOR: {"actions": EDIT},
	},
	"Case Note": PAPERS,
	"Case Document": PAPERS,
	"Case Letter": PAPERS,
	"Case Deadline": {
		CASE_WORKER: {"actions": "read write create print report", "rows": "papers_of_own_cases"},
		COORDINATOR: {"actions": "read write create print report"},
	},
	"Client Appointment": {
		CASE_WORKER: {"actions": "read write create print report", "rows": "own_appointments"},
		COORDINATOR: {"actions": "read write create print report"},
		LANGUAGE_HELPER: {"actions": "read", "rows": "appointments_to_interpret"},
	},
	"Client Consent": {
		CASE_WORKER: {"actions": "select read write create print report", "rows": "of_own_clients"},
		COORDINATOR: {"actions": EDIT},
	},
	"Referral": {
		FRONT_OFFICE: {"actions": "read create", "rows": "own_nameless_referrals"},
		CASE_WORKER: {"actions": "select read write create print report", "rows": "own_referrals"},
		COORDINATOR: {"actions": EDIT},
	},
	"Partner Organisation": {
		FRONT_OFFICE: {"actions": "select read report"},  # the social map is a report
		CASE_WORKER: {"actions": "select read write create report"},
		COORDINATOR: {"actions": EDIT},
		ACTIVITY_LEAD: {"actions": READ},
	},
	"Case Type": {
		FRONT_OFFICE: {"actions": READ},
		CASE_WORKER: {"actions": READ},
		COORDINATOR: {"actions": EDIT},
	},
	"Letter Template": {
		CASE_WORKER: {"actions": READ},
		COORDINATOR: {"actions": EDIT},
	},
	"Consent Text": {
		CASE_WORKER: {"actions": READ},
		COORDINATOR: {"actions": EDIT},
		PRIVACY_OFFICER: {"actions": EDIT},
	},
	"Staff Absence": {
		FRONT_OFFICE: {"actions": "read write create delete", "rows": "own_account"},
		CASE_WORKER: {"actions": "read write create delete", "rows": "own_account"},
		COORDINATOR: {"actions": "read write create delete report"},
	},
	"Register Import": {
		COORDINATOR: {"actions": "read write create report"},
	},
	"Client Merge": {
		COORDINATOR: {"actions": "read report"},
	},
	"Number Confirmation": {
		COORDINATOR: {"actions": "read report"},
		PRIVACY_OFFICER: {"actions": "read report"},
	},
	"Client Search Key": {},
	"Appointment Feed": {},
}
