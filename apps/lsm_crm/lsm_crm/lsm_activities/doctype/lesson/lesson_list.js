frappe.listview_settings["Lesson"] = {
	add_fields: ["state"],
	get_indicator: lsm.indicator("state", {
		Planned: "orange",
		Confirmed: "blue",
		Held: "green",
		Cancelled: "gray",
	}),
};
