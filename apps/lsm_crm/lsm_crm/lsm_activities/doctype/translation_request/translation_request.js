frappe.ui.form.on("Translation Request", {
	refresh(frm) {
		if (frm.is_new() || !frappe.user.has_role("LSM Coordinator")) return;
		frm.add_custom_button(__("Who Can Do It"), async () => {
			const answer = await frappe.call({
				method: "lsm_crm.api.activities.suggest_translators",
				args: { request: frm.doc.name },
			});
			const text = frappe.utils.escape_html;
			const rows = answer.message.map(
				(row) =>
					`<p><b>${text(row.name)}</b> (${text(row.user)}): ${__(row.from_level)}, ${__(row.to_level)}</p>`
			);
			frappe.msgprint({
				title: __("Who Can Do It"),
				message: rows.join("") || __("No active volunteer with an account has both languages."),
			});
		});
	},
});
