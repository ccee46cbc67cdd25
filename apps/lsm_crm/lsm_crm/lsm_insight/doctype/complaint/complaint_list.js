frappe.listview_settings["Complaint"] = {
	add_fields: ["state"],
	formatters: { answer_by: lsm.late((doc) => doc.state !== "Dealt With") },
	get_indicator: lsm.indicator("state", {
		Received: "red",
		"In Progress": "orange",
		"Dealt With": "green",
	}),
};
