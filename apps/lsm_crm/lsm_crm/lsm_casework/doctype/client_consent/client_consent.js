frappe.ui.form.on("Client Consent", {
	setup(frm) {
		frm.set_query("consent_text", () => ({ filters: { purpose: frm.doc.purpose, disabled: 0 } }));
	},

	onload: (frm) => propose_text(frm),
	client: (frm) => propose_text(frm),
	purpose: (frm) => propose_text(frm),
});

/** The newest text for the purpose in the client's language, where there is one. */
async function propose_text(frm) {
	if (!frm.is_new() || !frm.doc.client || !frm.doc.purpose) return;
	const { message: client } = await frappe.db.get_value("Client", frm.doc.client, "preferred_language");
	const texts = await frappe.db.get_list("Consent Text", {
		filters: { purpose: frm.doc.purpose, language: client?.preferred_language, disabled: 0 },
		order_by: "creation desc",
		limit: 1,
	});
	if (texts.length) frm.set_value("consent_text", texts[0].name);
}
