frappe.ui.form.on("Senior Activity", {
	before_workflow_action: lsm.ask_first({
		Cancel: {
			field: "cancel_reason",
			label: __("Why is it cancelled? Everyone who signed up reads this."),
		},
	}),
	refresh(frm) {
		frm.set_query("room", () => ({ filters: { venue: frm.doc.venue, disabled: 0 } }));
	},
});
