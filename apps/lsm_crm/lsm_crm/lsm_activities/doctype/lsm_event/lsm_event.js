frappe.ui.form.on("LSM Event", {
	refresh(frm) {
		frm.set_query("room", () => ({ filters: { venue: frm.doc.venue, disabled: 0 } }));
		if (["Published", "Running"].includes(frm.doc.workflow_state)) {
			frm.add_custom_button(__("At the Door"), () =>
				window.open(`/door/event/${encodeURIComponent(frm.doc.name)}`)
			);
		}
	},
});
