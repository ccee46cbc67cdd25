frappe.ui.form.on("Help Request", {
	onload(frm) {
		// Nobody was asked yet, so it is not the site's own language.
		if (frm.is_new() && !frappe.route_options?.language) frm.set_value("language", null);
	},

	refresh(frm) {
		if (frm.is_new() || frm.doc.case || !["Open", "Answered"].includes(frm.doc.workflow_state)) return;
		frm.add_custom_button(__("Make a case"), () => make_case(frm));
	},
});

async function make_case(frm) {
	await frappe.require(["walk_in.bundle.css", "walk_in.bundle.js"]);
	const options = (await frappe.call({ method: "lsm_crm.api.walk_in.options", type: "GET" })).message;
	const dialog = new frappe.ui.Dialog({ title: __("Make a case"), size: "large" });
	const panel = new lsm_crm.CasePanel({
		options,
		request: frm.doc.name,
		language: frm.doc.language,
		phone: frm.doc.contact_phone,
		on_cancel: () => dialog.hide(),
		on_made: (made) => {
			dialog.hide();
			frappe.show_alert({
				message: __("Case {0} was made, client {1}.", [made.case, made.client]),
				indicator: "green",
			});
			frm.reload_doc();
		},
	});
	dialog.body.classList.add("lsm-walk-in");
	dialog.body.append(panel.node);
	dialog.show();
	panel.focus();
}
