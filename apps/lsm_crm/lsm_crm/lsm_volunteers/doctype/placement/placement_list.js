frappe.listview_settings["Placement"] = {
	add_fields: ["state"],
	get_indicator: lsm.indicator("state", {
		Planned: "blue",
		Running: "green",
		Completed: "gray",
		Stopped: "red",
	}),
};
