frappe.listview_settings["Help Request"] = {
	add_fields: ["workflow_state"],
	get_indicator(doc) {
		const colours = { Open: "orange", Answered: "green", Referred: "blue", "Became Case": "purple" };
		return [
			__(doc.workflow_state),
			colours[doc.workflow_state],
			`workflow_state,=,${doc.workflow_state}`,
		];
	},
};
