frappe.listview_settings["Case"] = {
	add_fields: ["workflow_state", "priority", "next_deadline"],
	formatters: {
		next_deadline: lsm.late((doc) => doc.workflow_state !== "Closed"),
	},
};
