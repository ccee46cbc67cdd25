frappe.listview_settings["Volunteer Payment Run"] = {
	add_fields: ["state"],
	get_indicator: lsm.indicator("state", {
		Draft: "gray",
		Made: "orange",
		Paid: "green",
	}),
};
