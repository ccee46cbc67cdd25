"""The role table of figures; see the package for its form.

The board reads roll-ups, with small numbers left out by the row rule `figures_for_the_board`, and nothing that stands behind
them: `Annual Report Source` holds the records' numbers and is the coordinator's alone.
"""

from lsm_crm.constants import (
	ACTIVITY_LEAD,
	BOARD,
	CASE_WORKER,
	COORDINATOR,
	FRONT_OFFICE,
	PRIVACY_OFFICER,
	TREASURER,
	VOLUNTEER_COORDINATOR,
)

KEEP = "select read write create print report export"
OWN_COMPLAINTS = {"actions": "read create", "rows": "complaints_of_mine"}

TABLE: dict[str, dict[str, dict]] = {
	"Daily Figure": {
		COORDINATOR: {"actions": "read report export"},
		BOARD: {"actions": "read report export", "rows": "figures_for_the_board"},
		TREASURER: {"actions": "read report", "rows": "figures_for_the_board"},
	},
	"Annual Report": {
		COORDINATOR: {"actions": KEEP},
		BOARD: {"actions": "select read print"},
	},
	"Annual Report Source": {
		COORDINATOR: {"actions": "read report"},
	},
	"Funding": {
		COORDINATOR: {"actions": KEEP},
		TREASURER: {"actions": KEEP},
		BOARD: {"actions": "select read print report"},
	},
	"Complaint": {
		COORDINATOR: {"actions": "select read write create print report", "rows": "complaints_to_handle"},
		PRIVACY_OFFICER: {"actions": "read write create print", "rows": "complaints_of_mine"},
		CASE_WORKER: OWN_COMPLAINTS,
		FRONT_OFFICE: OWN_COMPLAINTS,
		VOLUNTEER_COORDINATOR: {"actions": "read write create", "rows": "complaints_of_mine"},
		ACTIVITY_LEAD: OWN_COMPLAINTS,
	},
	"Signal": {
		COORDINATOR: {"actions": KEEP},
		CASE_WORKER: {"actions": "read create", "rows": "own"},
		FRONT_OFFICE: {"actions": "read create", "rows": "own"},
		BOARD: {"actions": "select read print report"},
	},
}
