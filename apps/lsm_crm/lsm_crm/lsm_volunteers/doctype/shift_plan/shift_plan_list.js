frappe.listview_settings["Shift Plan"] = {
	add_fields: ["state"],
	get_indicator: lsm.indicator("state", {
		Draft: "gray",
		Proposed: "orange",
		Agreed: "green",
		Discarded: "gray",
	}),
};
