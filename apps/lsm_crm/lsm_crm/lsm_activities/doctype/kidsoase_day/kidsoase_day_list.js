frappe.listview_settings["Kidsoase Day"] = {
	add_fields: ["state"],
	get_indicator: lsm.indicator("state", {
		Planned: "orange",
		Confirmed: "blue",
		Open: "green",
		Closed: "gray",
		Cancelled: "gray",
	}),
};
