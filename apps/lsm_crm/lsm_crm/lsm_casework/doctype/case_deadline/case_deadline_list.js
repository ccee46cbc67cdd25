frappe.listview_settings["Case Deadline"] = {
	add_fields: ["status"],
	formatters: { due_on: lsm.late((doc) => doc.status === "Open") },
	get_indicator: lsm.indicator("status", {
		Open: "orange",
		Done: "green",
		Missed: "red",
	}),
};
