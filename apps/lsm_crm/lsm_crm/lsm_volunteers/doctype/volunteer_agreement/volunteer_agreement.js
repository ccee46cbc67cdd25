frappe.ui.form.on("Volunteer Agreement", {
	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.state === "Draft") {
			frm.add_custom_button(__("Send to the Volunteer"), () =>
				frm.call("send_to_volunteer").then(() => frm.reload_doc())
			);
		}
		if (["Draft", "Sent"].includes(frm.doc.state)) {
			frm.add_custom_button(__("Record the Signed Paper"), () =>
				frm.call("record_signed_paper").then(() => frm.reload_doc())
			);
		}
	},
});
