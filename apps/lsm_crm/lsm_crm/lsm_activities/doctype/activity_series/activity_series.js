frappe.ui.form.on("Activity Series", {
	refresh(frm) {
		frm.set_query("room", () => ({ filters: { venue: frm.doc.venue, disabled: 0 } }));
		if (frm.is_new()) return;
		frm.add_custom_button(__("Make Dates"), async () => {
			const answer = await frappe.call({
				method: "lsm_crm.api.activities.make_dates",
				args: { series: frm.doc.name },
				freeze: true,
			});
			const result = answer.message;
			const lines = [__("{0} dates made, {1} changed.", [result.made.length, result.changed.length])];
			for (const [day, reason] of result.refused) {
				lines.push(`${frappe.datetime.str_to_user(day)}: ${frappe.utils.escape_html(reason)}`);
			}
			lines.push(...result.notes.map(frappe.utils.escape_html));
			frappe.msgprint({ title: __("Dates"), message: lines.join("<br>") });
			frm.reload_doc();
		});
	},
});
