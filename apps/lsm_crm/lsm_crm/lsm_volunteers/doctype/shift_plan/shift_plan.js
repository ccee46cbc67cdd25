frappe.ui.form.on("Shift Plan", {
	refresh(frm) {
		if (frm.is_new() || !["Draft", "Proposed"].includes(frm.doc.state)) return;
		frm.add_custom_button(__("Make a Proposal"), () =>
			frm.call({ method: "propose", doc: frm.doc, freeze: true }).then(() => frm.reload_doc())
		);
		if (frm.doc.state !== "Proposed") return;
		frm.add_custom_button(__("Agree"), () =>
			frappe.confirm(__("Give these people their places and tell them?"), () =>
				frm.call({ method: "agree", doc: frm.doc, freeze: true }).then(() => frm.reload_doc())
			)
		);
		frm.add_custom_button(__("Discard"), () => frm.call("discard").then(() => frm.reload_doc()));
	},
});
