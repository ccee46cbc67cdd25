frappe.listview_settings["Event Registration"] = {
	add_fields: ["status"],
	get_indicator: lsm.indicator("status", {
		Registered: "blue",
		Waiting: "orange",
		Offered: "yellow",
		Cancelled: "gray",
		Attended: "green",
		"No-show": "red",
	}),
};
