frappe.listview_settings["Volunteer Agreement"] = {
	add_fields: ["state"],
	get_indicator: lsm.indicator("state", {
		Draft: "gray",
		Sent: "orange",
		Signed: "green",
		Ended: "gray",
	}),
};
