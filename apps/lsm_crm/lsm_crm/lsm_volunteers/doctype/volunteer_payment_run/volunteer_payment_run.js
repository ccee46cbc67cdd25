frappe.ui.form.on("Volunteer Payment Run", {
	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.state === "Draft") {
			frm.add_custom_button(__("Make the File"), () =>
				frm.call("make_file").then(() => frm.reload_doc())
			);
			return;
		}
		const open = (method) =>
			window.open(
				`/api/method/lsm_crm.api.volunteers.${method}?run=${encodeURIComponent(frm.doc.name)}`
			);
		frm.add_custom_button(__("SEPA File"), () => open("payment_file"), __("Download"));
		frm.add_custom_button(__("Spreadsheet"), () => open("payment_sheet"), __("Download"));
		if (frm.doc.state === "Made") {
			frm.add_custom_button(__("The Bank Has Paid"), () =>
				frappe.confirm(__("Mark every expense of this run as paid?"), () =>
					frm.call("mark_paid").then(() => frm.reload_doc())
				)
			);
		}
	},
});
