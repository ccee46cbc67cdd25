frappe.ui.form.on("Delivery Round", {
	refresh(frm) {
		frm.set_query("catering_order", "stops", () => ({
			filters: { delivery_date: frm.doc.round_date, handover: "Delivery" },
		}));
		if (frm.is_new() || frm.doc.state !== "Planned" || !frappe.user.has_role("LSM Coordinator")) return;
		frm.add_custom_button(__("Plan All Rounds of the Day"), async () => {
			const answer = await frappe.call({
				method: "lsm_crm.api.catering.plan_rounds",
				args: { day: frm.doc.round_date },
				freeze: true,
			});
			tell_left(answer.message);
			frm.reload_doc();
		});
	},
});

function tell_left(result) {
	const lines = [];
	if (result.left.length) lines.push(__("These fit in no round: {0}", [result.left.join(", ")]));
	if (result.about.length) {
		lines.push(
			__("Placed by their postcode alone, some hundred metres off: {0}", [result.about.join(", ")])
		);
	}
	if (result.no_place.length) {
		lines.push(__("These have no place on the map yet: {0}", [result.no_place.join(", ")]));
	}
	if (lines.length)
		frappe.msgprint({ title: __("Rounds"), message: lines.join("<br>"), indicator: "orange" });
}
