frappe.listview_settings["Incoming Question"] = {
	add_fields: ["status"],
	get_indicator: lsm.indicator("status", {
		New: "orange",
		"Taken Up": "blue",
		Answered: "green",
		"Not for Us": "gray",
	}),
};
