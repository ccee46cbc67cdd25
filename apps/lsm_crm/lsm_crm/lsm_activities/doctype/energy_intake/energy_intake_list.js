frappe.listview_settings["Energy Intake"] = {
	add_fields: ["status"],
	get_indicator: lsm.indicator("status", {
		Open: "orange",
		"Measures Taken": "blue",
		Done: "green",
	}),
};
