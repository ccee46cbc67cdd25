frappe.listview_settings["Shift Place"] = {
	add_fields: ["state"],
	get_indicator: lsm.indicator("state", {
		Taken: "green",
		Reserve: "yellow",
		Offered: "orange",
		"Given Back": "gray",
		Attended: "blue",
		Absent: "red",
		Cancelled: "gray",
	}),
};
