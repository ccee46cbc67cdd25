frappe.listview_settings["Pupil"] = {
	add_fields: ["status"],
	get_indicator: lsm.indicator("status", {
		Applied: "orange",
		Active: "green",
		Stopped: "gray",
	}),
};
