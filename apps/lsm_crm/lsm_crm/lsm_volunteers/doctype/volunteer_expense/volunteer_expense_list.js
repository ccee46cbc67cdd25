frappe.listview_settings["Volunteer Expense"] = {
	add_fields: ["workflow_state"],
	get_indicator(doc) {
		const colours = { Submitted: "orange", Approved: "blue", Paid: "green", Refused: "red" };
		return [
			__(doc.workflow_state),
			colours[doc.workflow_state],
			`workflow_state,=,${doc.workflow_state}`,
		];
	},
};
