"""The role table of privacy; see the package for its form.

The privacy officer has no right on any person's record: a Data Request gives a file while it is open, the access log and the rules are theirs.
"""

from lsm_crm.constants import (
	ACTIVITY_LEAD,
	CASE_WORKER,
	COORDINATOR,
	FRONT_OFFICE,
	PRIVACY_OFFICER,
	VOLUNTEER_COORDINATOR,
)

TABLE: dict[str, dict[str, dict]] = {
	"Client Access Log": {
		PRIVACY_OFFICER: {"actions": "read report"},
	},
	"Emergency Access": {
		CASE_WORKER: {"actions": "read create", "rows": "own_emergencies"},
		COORDINATOR: {"actions": "read create"},
		PRIVACY_OFFICER: {"actions": "read write report"},
	},
	"Retention Rule": {
		COORDINATOR: {"actions": "read"},
		PRIVACY_OFFICER: {"actions": "read write create delete"},
	},
	"Legal Hold": {
		COORDINATOR: {"actions": "read create"},
		PRIVACY_OFFICER: {"actions": "read write create"},
	},
	# Front office and leads hand a request in and do not read it: what is gathered about the person is attached to it. A coordinator
	# sees which requests there are and how much time is left, and not those files (see overrides/files.py).
	"Data Request": {
		COORDINATOR: {"actions": "read create"},
		FRONT_OFFICE: {"actions": "create"},
		VOLUNTEER_COORDINATOR: {"actions": "create"},
		ACTIVITY_LEAD: {"actions": "create"},
		PRIVACY_OFFICER: {"actions": "read write create print report"},
	},
	"Log Pseudonym": {},
	"Second Factor": {},
}
