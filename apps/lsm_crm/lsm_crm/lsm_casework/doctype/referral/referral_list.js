frappe.listview_settings["Referral"] = {
	add_fields: ["workflow_state"],
	get_indicator(doc) {
		const colours = {
			Offered: "orange",
			Accepted: "blue",
			"In Progress": "blue",
			Done: "green",
			Refused: "red",
			Withdrawn: "gray",
		};
		return [
			__(doc.workflow_state),
			colours[doc.workflow_state],
			`workflow_state,=,${doc.workflow_state}`,
		];
	},
};
