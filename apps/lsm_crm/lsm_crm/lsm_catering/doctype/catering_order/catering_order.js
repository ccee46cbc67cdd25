frappe.ui.form.on("Catering Order", {
	before_workflow_action: lsm.ask_first({
		Cancel: { field: "cancel_reason", label: __("Why is the order cancelled?") },
		Deliver: { field: "received_by", label: __("Who took it?") },
		"Hand Over": { field: "received_by", label: __("Who took it?") },
		"Bring Back": { field: "delivery_problem", label: __("What went wrong?") },
	}),
	refresh(frm) {
		frm.set_query("dish", "dishes", () => ({ filters: { on_menu: 1 } }));
		if (frm.doc.allergen_problem) {
			frm.dashboard.set_headline_alert(frappe.utils.escape_html(frm.doc.allergen_problem), "red");
		}
		if (frm.is_new()) return;
		show_what_is_delivered(frm);
		add_invoice_button(frm);
		if (frappe.user.has_role("LSM Coordinator") && frm.doc.customer_kind !== "Own Activity") {
			frm.add_custom_button(__("Customer's Link"), () => show_link(frm));
		}
	},
});

/** Who only brings it needs the door, the window and the dishes, and the page for the phone. */
function show_what_is_delivered(frm) {
	const others = [
		"LSM Coordinator",
		"LSM Kitchen",
		"LSM Treasurer",
		"LSM Activity Lead",
		"LSM Front Office",
	];
	if (!frappe.user.has_role("LSM Deliverer") || others.some((role) => frappe.user.has_role(role))) return;
	frm.toggle_display(["section_money", "section_lead_time_and_capacity"], false);
	const office = ["customer_kind", "customer_name", "event", "language", "source"];
	frm.toggle_display([...office, "requester_name", "requester_email", "requester_phone"], false);
	if (frm.doc.delivery_round) {
		frm.add_custom_button(__("My Round on the Phone"), () =>
			window.open(`/my-round/${encodeURIComponent(frm.doc.delivery_date)}`)
		);
	}
}

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
