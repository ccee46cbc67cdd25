frappe.ui.form.on("Annual Report", {
	refresh(frm) {
		if (frm.is_new() || !frm.perm[0].write) return;
		if (frm.doc.status === "Closed") {
			frm.disable_form();
			frm.set_intro(__("This year is closed. Its figures stay as they are."), "green");
			return;
		}
		frm.add_custom_button(__("Count again"), () => run(frm, "count_annual_report"));
		frm.add_custom_button(__("Close the year"), () => {
			frappe.confirm(
				__("After this the figures of {0} cannot be changed any more. Close the year?", [
					frm.doc.year,
				]),
				() => run(frm, "close_annual_report")
			);
		});
	},
});

function run(frm, name) {
	frappe
		.call({
			method: `lsm_crm.api.insight.${name}`,
			args: { name: frm.doc.name, modified: frm.doc.modified },
			freeze: true,
			freeze_message: __("Counting …"),
		})
		.then(() => frm.reload_doc());
}
