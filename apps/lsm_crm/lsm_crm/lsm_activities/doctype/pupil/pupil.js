frappe.ui.form.on("Pupil", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Groups That Suit"), async () => {
			const answer = await frappe.call({
				method: "lsm_crm.api.activities.suggest_groups",
				args: { pupil: frm.doc.name },
			});
			const text = frappe.utils.escape_html;
			const rows = answer.message.map(
				(row) =>
					`<p><b>${text(row.title)}</b> (${text(row.group)})<br>${row.reasons.map(text).join(" ")}` +
					(row.against.length ? `<br>${__("Against")}: ${row.against.map(text).join(" ")}` : "") +
					"</p>"
			);
			frappe.msgprint({
				title: __("Groups That Suit"),
				message: rows.join("") || __("No group has a wanted subject and a free place."),
			});
		});
	},
});
