frappe.ui.form.on("Shift Place", {
	refresh(frm) {
		const held = ["Taken", "Offered", "Attended", "Absent"].includes(frm.doc.state);
		if (frm.is_new() || !held || moment(frm.doc.starts_at).isAfter(moment())) return;
		const mark = (attended) =>
			frappe
				.call("lsm_crm.api.volunteers.mark_attendance", { place: frm.doc.name, attended })
				.then(() => frm.reload_doc());
		frm.add_custom_button(__("Was There"), () => mark(1), __("Attendance"));
		frm.add_custom_button(__("Was Absent"), () => mark(0), __("Attendance"));
	},
});
