"""The role table of this module; see the package for its form."""

KEEPS = "read write create delete report export print"
READS = "select read"

EVERYBODY_AT_WORK = (
	"LSM Case Worker",
	"LSM Front Office",
	"LSM Volunteer Coordinator",
	"LSM Kitchen",
	"LSM Deliverer",
	"LSM Activity Lead",
	"LSM Treasurer",
	"LSM Language Helper",
)


def _master() -> dict[str, dict]:
	"""A list of words or places that the coordinator keeps and everybody reads."""
	readers = {role: {"actions": READS} for role in EVERYBODY_AT_WORK}
	return {"LSM Coordinator": {"actions": f"{KEEPS} import"}, **readers}


def _led(rows: str, actions: str = "read write create report print") -> dict[str, dict]:
	"""What the coordinator sees whole, and an activity lead for their own activities."""
	return {
		"LSM Coordinator": {"actions": KEEPS},
		"LSM Activity Lead": {"actions": actions, "rows": rows},
	}


TABLE: dict[str, dict[str, dict]] = {
	"Venue": _master(),
	"Venue Room": _master(),
	"Event Type": _master(),
	"Tutoring Subject": _master(),
	"School Holiday": _master(),
	"Activity Series": _led("led_by_me"),
	"LSM Event": {
		**_led("events_of_mine"),
		"LSM Volunteer Coordinator": {"actions": READS},
		"LSM Front Office": {"actions": READS},
		"LSM Case Worker": {"actions": READS},
		# named in orders for own activities; no person's data but the team's
		"LSM Kitchen": {"actions": READS},
		"LSM Treasurer": {"actions": READS},
	},
	"Event Registration": {
		**_led("registrations_of_my_events"),
		"LSM Front Office": {"actions": "read create", "rows": "own"},
	},
	"Event Feedback": _led("feedback_on_mine", "read report"),
	"Senior Activity": {
		**_led("led_by_me"),
		"LSM Front Office": {"actions": READS},
		"LSM Case Worker": {"actions": READS},
	},
	"Senior Session": _led("led_by_me"),
	"Senior Registration": {
		**_led("seniors_of_my_activities"),
		"LSM Front Office": {"actions": "read create", "rows": "own"},
		"LSM Case Worker": {"actions": "read create", "rows": "own"},
	},
	"Pupil": _led("pupils_of_my_groups"),
	"Tutoring Group": _led("led_by_me"),
	"Lesson": _led("led_by_me"),
	"Kidsoase Child": _led("children_of_my_days"),
	"Kidsoase Day": _led("led_by_me"),
	"Energy Intake": {
		"LSM Coordinator": {"actions": KEEPS},
		"LSM Case Worker": {"actions": "read write create report print", "rows": "worker_is_me"},
	},
	"Translation Request": {
		"LSM Coordinator": {"actions": KEEPS},
		"LSM Case Worker": {"actions": "read write create", "rows": "translations_i_asked_for"},
		"LSM Language Helper": {"actions": "read write", "rows": "translations_i_work_on"},
	},
	# The words themselves: not even the coordinator reads them.
	"Translation Text": {
		"LSM Case Worker": {"actions": "read write create", "rows": "texts_i_asked_for"},
		"LSM Language Helper": {"actions": "read write", "rows": "texts_i_work_on"},
	},
	"Research Request": {
		"LSM Coordinator": {"actions": KEEPS},
	},
}
