frappe.ui.form.on("Volunteer", {
	before_workflow_action: lsm.ask_first({
		Pause: { field: "pause_reason", label: __("Why does the volunteer pause?") },
		Reject: { field: "rejection_reason", label: __("Why is the application rejected?") },
		"Say Goodbye": {
			field: "leaving_reason",
			label: __("Why does the volunteer leave? You may leave this empty."),
			reqd: 0,
		},
	}),
	refresh(frm) {
		if (frm.is_new()) return;
		if (!frm.doc.email_proven_on && frm.doc.email) {
			frm.dashboard.add_comment(__("The e-mail address is not proven yet."), "yellow", true);
		}
		if (frm.doc.active_since) {
			frm.add_custom_button(__("Certificate of Hours"), () =>
				window.open(
					frappe.urllib.get_full_url(
						"/api/method/frappe.utils.print_format.download_pdf?" +
							new URLSearchParams({
								doctype: frm.doctype,
								name: frm.doc.name,
								format: "Certificate of Hours",
							})
					)
				)
			);
		}
		if (frm.doc.user && frm.perm[0].write) {
			frm.add_custom_button(__("Send Password Link"), () =>
				frappe
					.call("lsm_crm.api.volunteers.send_password_link", { volunteer: frm.doc.name })
					.then(() => frappe.show_alert(__("The link is on its way.")))
			);
		}
	},
});
