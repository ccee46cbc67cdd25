frappe.ui.form.on("Catering Order", {
	refresh(frm) {
		frm.set_query("dish", "dishes", () => ({ filters: { on_menu: 1 } }));
		if (frm.doc.allergen_problem) {
			frm.dashboard.set_headline_alert(frappe.utils.escape_html(frm.doc.allergen_problem), "red");
		}
		if (frm.is_new()) return;
		add_invoice_button(frm);
		if (frappe.user.has_role("LSM Coordinator") && frm.doc.customer_kind !== "Own Activity") {
			frm.add_custom_button(__("Customer's Link"), () => show_link(frm));
		}
	},
});

function add_invoice_button(frm) {
	const billed =
		frm.doc.workflow_state === "Delivered" ||
		(frm.doc.workflow_state === "Cancelled" && frm.doc.cancel_fee);
	if (
		billed &&
		frm.doc.settlement === "Invoice" &&
		!frm.doc.invoice &&
		frappe.user.has_role("LSM Treasurer")
	) {
		frm.add_custom_button(__("Make Invoice"), async () => {
			await frappe.call({
				method: "lsm_crm.api.catering.make_invoice",
				args: { order: frm.doc.name },
				freeze: true,
			});
			frm.reload_doc();
		});
	}
}

async function show_link(frm) {
	const answer = await frappe.call({
		method: "lsm_crm.api.catering.customer_link",
		args: { order: frm.doc.name },
	});
	frappe.msgprint({ title: __("Customer's Link"), message: frappe.utils.escape_html(answer.message) });
}
