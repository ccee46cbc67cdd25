frappe.listview_settings["Research Request"] = {
	add_fields: ["status"],
	get_indicator: lsm.indicator("status", {
		Received: "orange",
		"In Talks": "yellow",
		Agreed: "blue",
		Running: "green",
		Published: "purple",
		Declined: "gray",
	}),
};
