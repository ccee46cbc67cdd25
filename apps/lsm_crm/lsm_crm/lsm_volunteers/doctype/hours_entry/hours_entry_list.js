frappe.listview_settings["Hours Entry"] = {
	add_fields: ["state"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Submitted: "orange", Approved: "green", Refused: "red" };
		return [__(doc.state), colours[doc.state], `state,=,${doc.state}`];
	},
	onload(list) {
		list.page.add_action_item(__("Approve"), () =>
			frappe
				.call("lsm_crm.api.volunteers.judge_hours", { names: list.get_checked_items(true) })
				.then(() => list.refresh())
		);
	},
};
