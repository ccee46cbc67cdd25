frappe.listview_settings["Funding"] = {
	add_fields: ["state"],
	get_indicator: lsm.indicator("state", {
		"Applied For": "orange",
		Granted: "green",
		Refused: "red",
		"Accounted For": "blue",
		Settled: "gray",
	}),
};
