frappe.ui.form.on("Senior Session", {
	refresh(frm) {
		frm.set_query("room", () => ({ filters: { venue: frm.doc.venue, disabled: 0 } }));
	},
});
