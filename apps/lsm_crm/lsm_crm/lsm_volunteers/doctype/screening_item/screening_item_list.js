frappe.listview_settings["Screening Item"] = {
	add_fields: ["result"],
	formatters: { valid_until: lsm.late((doc) => doc.result === "Approved") },
	get_indicator: lsm.indicator("result", {
		"Asked For": "orange",
		Approved: "green",
		"Not Approved": "red",
	}),
};
