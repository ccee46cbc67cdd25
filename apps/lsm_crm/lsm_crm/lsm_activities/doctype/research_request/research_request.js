// The next states, as the server lets them follow each other.
const NEXT = {
	Received: ["In Talks"],
	"In Talks": ["Agreed"],
	Agreed: ["Running"],
	Running: ["Published"],
	Declined: ["In Talks"],
};

frappe.ui.form.on("Research Request", {
	refresh(frm) {
		if (frm.is_new()) return;
		for (const status of NEXT[frm.doc.status] || []) {
			frm.add_custom_button(__(status), async () => {
				await frm.set_value("status", status);
				frm.save();
			});
		}
		if (!["Published", "Declined"].includes(frm.doc.status)) {
			frm.add_custom_button(__("Decline"), () => decline(frm));
		}
	},
});

function decline(frm) {
	frappe.prompt(
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Decline Reason"), reqd: 1 },
		async ({ reason }) => {
			await frm.set_value({ status: "Declined", decline_reason: reason });
			frm.save();
		},
		__("Decline"),
		__("Decline")
	);
}
