frappe.listview_settings["Annual Report"] = {
	add_fields: ["status"],
	get_indicator: lsm.indicator("status", {
		Open: "orange",
		Closed: "green",
	}),
};
