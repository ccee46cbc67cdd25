frappe.listview_settings["Help Request"] = {
	add_fields: ["workflow_state"],
	// Nothing where the state was not asked for, as in the short list of a workspace.
	get_indicator: lsm.indicator("workflow_state", {
		Open: "orange",
		Answered: "green",
		Referred: "blue",
		"Became Case": "purple",
	}),
};
