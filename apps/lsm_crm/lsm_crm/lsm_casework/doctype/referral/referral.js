frappe.ui.form.on("Referral", {
	setup(frm) {
		frm.set_query("consent", () => ({
			filters: { client: frm.doc.client, purpose: "Share with a partner", status: "Valid" },
		}));
	},

	refresh(frm) {
		if (frm.is_new()) {
			frm.add_custom_button(__("Find a partner"), () => frappe.set_route("query-report", "Social Map"));
		} else if (["Offered", "Accepted", "In Progress"].includes(frm.doc.workflow_state)) {
			frm.add_custom_button(__("Mail the link to the partner"), () => send(frm));
		}
	},

	async partner(frm) {
		if (!frm.doc.partner) return;
		const { message } = await frappe.db.get_value("Partner Organisation", frm.doc.partner, [
			"referrals_sent",
			"referrals_helped",
			"success_rate",
		]);
		frm.set_df_property(
			"partner",
			"description",
			__("Referred before: {0}, helped: {1} ({2}% of those finished)", [
				message.referrals_sent || 0,
				message.referrals_helped || 0,
				Math.round(message.success_rate || 0),
			])
		);
	},
});

function send(frm) {
	frappe.confirm(
		__("{0} gets a mail with a link. The mail itself says nothing about the person. Send it?", [
			frm.doc.partner,
		]),
		async () => {
			const { message } = await frappe.call({
				method: "lsm_crm.api.cases.send_referral",
				type: "POST",
				args: { referral: frm.doc.name },
			});
			frappe.msgprint(
				message
					? __("The mail is on its way.")
					: __("No mail account is set up, so nothing was sent.")
			);
			frm.reload_doc();
		}
	);
}
