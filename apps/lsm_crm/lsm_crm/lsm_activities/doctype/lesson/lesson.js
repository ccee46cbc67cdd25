frappe.ui.form.on("Lesson", {
	refresh(frm) {
		frm.set_query("room", () => ({ filters: { venue: frm.doc.venue, disabled: 0 } }));
		if (frm.doc.state === "Confirmed") {
			frm.add_custom_button(__("Attendance"), () =>
				window.open(`/door/lesson/${encodeURIComponent(frm.doc.name)}`)
			);
		}
	},
});
