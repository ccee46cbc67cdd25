frappe.listview_settings["Signal"] = {
	add_fields: ["state"],
	get_indicator: lsm.indicator("state", {
		Noticed: "orange",
		Told: "blue",
		Closed: "gray",
	}),
};
