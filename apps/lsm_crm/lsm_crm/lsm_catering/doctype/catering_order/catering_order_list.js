frappe.listview_settings["Catering Order"] = {
	add_fields: [
		"workflow_state",
		"delivery_date",
		"window_from",
		"guests",
		"customer_kind",
		"customer_name",
	],
	formatters: {
		delivery_date: lsm.late((doc) => !["Delivered", "Settled", "Cancelled"].includes(doc.workflow_state)),
		// who orders, whichever way it was written down; a client's name stands nowhere in an order
		organisation: (value, df, doc) =>
			frappe.utils.escape_html(value || doc.customer_name || __(doc.customer_kind)),
	},
};
