frappe.listview_settings["Kidsoase Child"] = {
	add_fields: ["status"],
	get_indicator: lsm.indicator("status", {
		Active: "green",
		Stopped: "gray",
	}),
};
