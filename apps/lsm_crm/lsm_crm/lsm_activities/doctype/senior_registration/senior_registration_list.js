frappe.listview_settings["Senior Registration"] = {
	add_fields: ["status"],
	get_indicator: lsm.indicator("status", {
		Applied: "orange",
		Waiting: "yellow",
		"Taking Part": "green",
		Stopped: "gray",
	}),
};
