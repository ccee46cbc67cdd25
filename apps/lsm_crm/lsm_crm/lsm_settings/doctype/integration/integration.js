frappe.ui.form.on("Integration", {
	refresh(frm) {
		if (frm.is_new() || !frm.perm[0].write) return;
		frm.add_custom_button(__("Make a new token"), () => {
			frappe.confirm(
				__("The token that this program has now will no longer work. Make a new one?"),
				() => make_token(frm)
			);
		});
	},
});

function make_token(frm) {
	frappe
		.call({
			method: "lsm_crm.api.integrations.make_token",
			args: { name: frm.doc.name, modified: frm.doc.modified },
		})
		.then(({ message }) => {
			frm.reload_doc();
			frappe.msgprint({
				title: __("Copy this token now. It is not shown again."),
				message: `<code>${frappe.utils.escape_html(message)}</code>`,
			});
		});
}
