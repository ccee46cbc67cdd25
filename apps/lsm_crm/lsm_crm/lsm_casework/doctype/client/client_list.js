frappe.listview_settings["Client"] = {
	add_fields: ["status"],
	get_indicator: lsm.indicator("status", {
		Active: "green",
		Inactive: "gray",
		Merged: "gray",
	}),
};
