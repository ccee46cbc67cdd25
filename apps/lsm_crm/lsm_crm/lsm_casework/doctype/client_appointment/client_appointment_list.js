frappe.listview_settings["Client Appointment"] = {
	add_fields: ["status"],
	get_indicator: lsm.indicator("status", {
		Planned: "blue",
		Held: "green",
		Missed: "red",
		Cancelled: "gray",
	}),
};
