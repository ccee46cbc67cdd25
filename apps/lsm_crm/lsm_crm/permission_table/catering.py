"""The role table of this module; see the package for its form."""

KEEPS = "read write create delete report export print"
READS = "select read"

TABLE: dict[str, dict[str, dict]] = {
	"Ingredient": {
		"LSM Coordinator": {"actions": f"{KEEPS} import"},
		"LSM Kitchen": {"actions": "read write create report print"},
		"LSM Activity Lead": {"actions": READS},
	},
	"Dish": {
		"LSM Coordinator": {"actions": f"{KEEPS} import"},
		"LSM Kitchen": {"actions": "read write create report print"},
		"LSM Activity Lead": {"actions": READS},
		"LSM Front Office": {"actions": READS},
		"LSM Treasurer": {"actions": READS},
		# a link in an order that they deliver; the recipe is no secret
		"LSM Deliverer": {"actions": READS},
	},
	"Catering Order": {
		"LSM Coordinator": {"actions": "read write create delete report export print"},
		"LSM Kitchen": {"actions": "read write report print", "rows": "kitchen_orders"},
		"LSM Deliverer": {"actions": "read write print", "rows": "own_deliveries"},
		"LSM Treasurer": {"actions": "read write report export print", "rows": "orders_to_settle"},
		"LSM Activity Lead": {"actions": "read write create print", "rows": "orders_of_own_activities"},
		"LSM Front Office": {"actions": "read write create print", "rows": "own"},
	},
	# Apart from the order, so that no view of an order leads to a client.
	"Catering Order Client": {
		"LSM Coordinator": {"actions": "read write create delete"},
	},
	"Delivery Round": {
		"LSM Coordinator": {"actions": "read write create delete report print"},
		"LSM Kitchen": {"actions": "read print"},
		"LSM Deliverer": {"actions": "read print", "rows": "own_rounds"},
	},
	"Catering Invoice": {
		"LSM Treasurer": {"actions": "read write report export print email"},
		"LSM Coordinator": {"actions": "read report print"},
	},
	"Catering Settings": {
		"LSM Coordinator": {"actions": "read write"},
		"LSM Kitchen": {"actions": "read"},
		"LSM Treasurer": {"actions": "read write"},
	},
}
