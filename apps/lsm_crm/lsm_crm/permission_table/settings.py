"""The role table of master data and settings; see the package for its form."""

from lsm_crm.constants import COORDINATOR, STAFF_ROLES

READ = {role: {"actions": "select read"} for role in STAFF_ROLES}
MASTER = {**READ, COORDINATOR: {"actions": "select read write create print report"}}

TABLE: dict[str, dict[str, dict]] = {
	"Help Topic": MASTER,
	"Client Group": MASTER,
	"Service Type": MASTER,
	"Area": MASTER,
	"LSM Project": MASTER,
	"LSM Settings": {COORDINATOR: {"actions": "read write"}},
}
