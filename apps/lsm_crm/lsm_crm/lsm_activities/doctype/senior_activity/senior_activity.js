frappe.ui.form.on("Senior Activity", {
	refresh(frm) {
		frm.set_query("room", () => ({ filters: { venue: frm.doc.venue, disabled: 0 } }));
	},
});
