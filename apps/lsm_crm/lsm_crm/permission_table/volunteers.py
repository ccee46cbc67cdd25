"""The role table of this module; see the package for its form.

A volunteer (portal) has no row here at all: the portal's own pages show what is theirs. Screening items stay with the
volunteer coordinator; bank accounts with the treasurer, so that who approves a payment cannot redirect it.
"""

READ = {"actions": "select read"}
RUN = {"actions": "select read write create print report"}
RUN_AND_DELETE = {"actions": "select read write create delete print report export"}

TABLE: dict[str, dict[str, dict]] = {
	"Volunteer": {
		"LSM Volunteer Coordinator": {"actions": "select read write create print report export import"},
		"LSM Coordinator": {"actions": "select read print report"},
	},
	"Volunteer Role": {
		"LSM Volunteer Coordinator": {"actions": "select read write create report"},
		"LSM Coordinator": READ,
		"LSM Case Worker": READ,
		"LSM Front Office": READ,
		"LSM Kitchen": READ,
		"LSM Deliverer": READ,
		"LSM Activity Lead": READ,
		"LSM Treasurer": READ,
		"LSM Language Helper": READ,
		"LSM Board": READ,
		"LSM Privacy Officer": READ,
	},
	"Volunteer Bank Account": {
		"LSM Treasurer": {"actions": "select read write create"},
	},
	"Screening Item": {
		"LSM Volunteer Coordinator": {"actions": "select read write create report"},
	},
	"UWV Declaration": {
		"LSM Volunteer Coordinator": {"actions": "select read write create report"},
		"LSM Coordinator": READ,
	},
	"Vacancy": {
		"LSM Volunteer Coordinator": RUN_AND_DELETE,
		"LSM Coordinator": READ,
	},
	"Agreement Template": {
		"LSM Volunteer Coordinator": {"actions": "select read write create"},
		"LSM Coordinator": READ,
	},
	"Volunteer Agreement": {
		"LSM Volunteer Coordinator": RUN,
	},
	"Shift Rule": {
		"LSM Volunteer Coordinator": RUN_AND_DELETE,
		"LSM Coordinator": READ,
		"LSM Activity Lead": {"actions": "select read", "rows": "led_by_user"},
	},
	"Volunteer Shift": {
		"LSM Volunteer Coordinator": RUN_AND_DELETE,
		"LSM Coordinator": {"actions": "select read print report"},
		"LSM Activity Lead": {"actions": "select read print report", "rows": "led_by_user"},
		"LSM Kitchen": READ,
		"LSM Deliverer": READ,
	},
	"Shift Place": {
		"LSM Volunteer Coordinator": RUN,
		"LSM Coordinator": {"actions": "select read report"},
		"LSM Activity Lead": {"actions": "select read report", "rows": "places_in_led_shifts"},
	},
	"Shift Plan": {
		"LSM Volunteer Coordinator": {"actions": "select read write create delete print report"},
	},
	"Hours Entry": {
		"LSM Volunteer Coordinator": {"actions": "select read write create print report export"},
		"LSM Coordinator": {"actions": "select read report"},
		"LSM Treasurer": {"actions": "select read report"},
	},
	"Compensation Rule": {
		"LSM Volunteer Coordinator": {"actions": "select read write create"},
		"LSM Coordinator": {"actions": "select read write create"},
		"LSM Treasurer": {"actions": "select read write create"},
	},
	"Volunteer Expense": {
		"LSM Volunteer Coordinator": RUN,
		"LSM Treasurer": {"actions": "select read write print report export"},
	},
	"Volunteer Payment Run": {
		"LSM Treasurer": {"actions": "select read write create delete print report"},
	},
	"Placement": {
		"LSM Volunteer Coordinator": RUN,
		"LSM Coordinator": {"actions": "select read print report"},
		"LSM Case Worker": {"actions": "select read write", "rows": "supervised_by_user"},
	},
	"Volunteer Message": {
		"LSM Volunteer Coordinator": {"actions": "select read write create report"},
	},
	"Volunteer Settings": {
		"LSM Volunteer Coordinator": {"actions": "read write"},
		"LSM Treasurer": {"actions": "read write"},
	},
}
