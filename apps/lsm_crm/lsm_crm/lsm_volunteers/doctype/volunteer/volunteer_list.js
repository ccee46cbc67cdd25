frappe.listview_settings["Volunteer"] = {
	add_fields: ["workflow_state"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = {
			Applied: "blue",
			Interview: "cyan",
			Screening: "orange",
			Active: "green",
			Paused: "yellow",
			Left: "gray",
			Rejected: "red",
		};
		return [
			__(doc.workflow_state),
			colours[doc.workflow_state],
			`workflow_state,=,${doc.workflow_state}`,
		];
	},
};
