frappe.listview_settings["Translation Request"] = {
	add_fields: ["status"],
	get_indicator: lsm.indicator("status", {
		Requested: "orange",
		Assigned: "blue",
		"In Progress": "blue",
		"Second Reading": "purple",
		Delivered: "green",
		Cancelled: "gray",
	}),
};
