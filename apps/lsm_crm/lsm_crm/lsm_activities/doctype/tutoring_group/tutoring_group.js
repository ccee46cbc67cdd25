frappe.ui.form.on("Tutoring Group", {
	refresh(frm) {
		frm.set_query("room", () => ({ filters: { venue: frm.doc.venue, disabled: 0 } }));
	},
});
