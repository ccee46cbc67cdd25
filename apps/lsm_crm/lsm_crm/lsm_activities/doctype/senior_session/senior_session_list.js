frappe.listview_settings["Senior Session"] = {
	add_fields: ["state"],
	get_indicator: lsm.indicator("state", {
		Planned: "orange",
		Held: "green",
		Cancelled: "gray",
	}),
};
