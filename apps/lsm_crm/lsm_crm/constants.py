"""Names that more than one part of the app needs to agree on."""

COORDINATOR = "LSM Coordinator"
CASE_WORKER = "LSM Case Worker"
FRONT_OFFICE = "LSM Front Office"
VOLUNTEER_COORDINATOR = "LSM Volunteer Coordinator"
KITCHEN = "LSM Kitchen"
DELIVERER = "LSM Deliverer"
ACTIVITY_LEAD = "LSM Activity Lead"
TREASURER = "LSM Treasurer"
LANGUAGE_HELPER = "LSM Language Helper"
BOARD = "LSM Board"
PRIVACY_OFFICER = "LSM Privacy Officer"
VOLUNTEER = "LSM Volunteer"
INTEGRATION = "LSM Integration"  # a program's account: no person has it, and it goes with no other role

STAFF_ROLES = (
	COORDINATOR,
	CASE_WORKER,
	FRONT_OFFICE,
	VOLUNTEER_COORDINATOR,
	KITCHEN,
	DELIVERER,
	ACTIVITY_LEAD,
	TREASURER,
	LANGUAGE_HELPER,
	BOARD,
	PRIVACY_OFFICER,
)
PORTAL_ROLES = (VOLUNTEER,)
ROLES = STAFF_ROLES + PORTAL_ROLES

# The languages in which the foundation helps (facts of the foundation); Dutch is the first.
LANGUAGES = ("nl", "en", "ar", "fr", "es", "zh", "fa", "tr", "am", "ru", "ti")
RIGHT_TO_LEFT = ("ar", "fa")

MODULES = (
	"LSM Casework",
	"LSM Volunteers",
	"LSM Activities",
	"LSM Catering",
	"LSM Insight",
	"LSM Privacy",
	"LSM Settings",
)
