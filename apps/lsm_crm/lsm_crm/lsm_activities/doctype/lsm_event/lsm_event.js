frappe.ui.form.on("LSM Event", {
	before_workflow_action: lsm.ask_first({
		Cancel: {
			field: "cancel_reason",
			label: __("Why is it cancelled? Everyone who signed up reads this."),
		},
		Complete: {
			field: "head_count",
			label: __("How many people came? Leave it empty to count who was checked in."),
			reqd: 0,
		},
	}),
	refresh(frm) {
		frm.set_query("room", () => ({ filters: { venue: frm.doc.venue, disabled: 0 } }));
		tell_interpreters(frm);
		if (["Published", "Running"].includes(frm.doc.workflow_state)) {
			frm.add_custom_button(__("At the Door"), () =>
				window.open(`/door/event/${encodeURIComponent(frm.doc.name)}`)
			);
		}
	},
});

/** Which languages are still without an interpreter, and for how many people. */
function tell_interpreters(frm) {
	const open = ((frm.doc.__onload || {}).interpreters || []).filter((row) => !row.covered);
	if (!open.length || !["Draft", "Published"].includes(frm.doc.workflow_state)) return;
	const words = open.map((row) => {
		const language = frappe.utils.escape_html(row.label);
		return row.people ? `${language} (${row.people})` : language;
	});
	frm.dashboard.set_headline_alert(__("No interpreter yet: {0}", [words.join(", ")]), "orange");
}
