frappe.ui.form.on("Event Registration", {
	refresh(frm) {
		if (frm.is_new()) return;
		const call = (method) => async () => {
			await frappe.call({
				method: `lsm_crm.api.activities.${method}`,
				args: { registration: frm.doc.name },
				freeze: true,
			});
			frm.reload_doc();
		};
		const status = frm.doc.status;
		if (status === "Registered") frm.add_custom_button(__("Is Here"), call("check_in"));
		if (status === "Offered") frm.add_custom_button(__("Take the Place"), call("accept_place"));
		if (["Registered", "Waiting", "Offered"].includes(status)) {
			frm.add_custom_button(__("Cancel Registration"), call("cancel_registration"));
		}
	},
});
