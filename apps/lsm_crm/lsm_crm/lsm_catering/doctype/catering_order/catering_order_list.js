frappe.listview_settings["Catering Order"] = {
	add_fields: ["workflow_state", "delivery_date", "window_from", "guests"],
	formatters: {
		delivery_date: lsm.late((doc) => !["Delivered", "Settled", "Cancelled"].includes(doc.workflow_state)),
	},
};
