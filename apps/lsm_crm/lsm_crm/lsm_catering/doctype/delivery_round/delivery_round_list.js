frappe.listview_settings["Delivery Round"] = {
	add_fields: ["state"],
	get_indicator: lsm.indicator("state", {
		Planned: "blue",
		"Under Way": "orange",
		Done: "green",
	}),
};
