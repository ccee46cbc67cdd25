frappe.listview_settings["Register Import"] = {
	add_fields: ["status"],
	get_indicator: lsm.indicator("status", {
		New: "gray",
		Checking: "blue",
		Checked: "blue",
		Importing: "orange",
		Imported: "green",
		Failed: "red",
	}),
};
