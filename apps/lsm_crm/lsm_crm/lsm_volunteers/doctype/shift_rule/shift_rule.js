frappe.ui.form.on("Shift Rule", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.disabled) return;
		frm.add_custom_button(__("Make Shifts Now"), () =>
			frm
				.call("make_shifts")
				.then((answer) => frappe.show_alert(__("{0} shifts were made.", [answer.message])))
		);
	},
});
