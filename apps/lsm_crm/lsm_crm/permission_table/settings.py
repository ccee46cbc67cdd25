"""The role table of master data and settings; see the package for its form."""

from lsm_crm.constants import COORDINATOR, FRONT_OFFICE, PRIVACY_OFFICER, STAFF_ROLES, VOLUNTEER_COORDINATOR

READ = {role: {"actions": "select read"} for role in STAFF_ROLES}
MASTER = {**READ, COORDINATOR: {"actions": "select read write create print report"}}
NUMBERS = {"actions": "read report"}

TABLE: dict[str, dict[str, dict]] = {
	"Help Topic": MASTER,
	"Client Group": MASTER,
	"Service Type": MASTER,
	"Area": MASTER,
	"LSM Project": MASTER,
	"LSM Settings": {COORDINATOR: {"actions": "read write"}},
	# The number that a sender of a form was given, and its record, which has rules of its own.
	"Form Submission": {COORDINATOR: NUMBERS, FRONT_OFFICE: NUMBERS, VOLUNTEER_COORDINATOR: NUMBERS},
	# Proposed on the proofreaders' page; the coordinator decides.
	"Text Correction": {COORDINATOR: {"actions": "read write report"}},
	# Programs elsewhere that read here; who receives what is the privacy officer's to know.
	"Integration": {
		COORDINATOR: {"actions": "read write create report"},
		PRIVACY_OFFICER: {"actions": "read report"},
	},
	# Cipher text on its way: nobody's.
	"Form Upload": {},
	# Cipher text on its way to a worker: nobody's; `doctor` says what failed.
	"Outbox Job": {},
	# What the sample data made: read and cleared by the program alone.
	"Sample Record": {},
}
