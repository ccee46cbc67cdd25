frappe.ui.form.on("Pupil", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Groups That Suit"), () => show_groups(frm));
		if (!frm.doc.other_needs)
			frm.add_custom_button(__("Needs More Than Lessons"), () => write_needs(frm));
		if (!frappe.user.has_role("LSM Coordinator")) return;
		if (frm.doc.ride_sharing) frm.add_custom_button(__("Who Could Ride Along"), () => show_rides(frm));
		if (frm.doc.other_needs && !frm.doc.referral) {
			frm.add_custom_button(__("Refer to a Partner"), () => refer(frm));
		}
	},
});

async function suggested(frm, method) {
	const answer = await frappe.call({
		method: `lsm_crm.api.activities.${method}`,
		args: { pupil: frm.doc.name },
	});
	return answer.message;
}

async function show_groups(frm) {
	const text = frappe.utils.escape_html;
	const rows = (await suggested(frm, "suggest_groups")).map(
		(row) =>
			`<p><a href="/app/tutoring-group/${encodeURIComponent(row.group)}"><b>${text(row.title)}</b></a><br>` +
			row.reasons.map(text).join(" ") +
			(row.against.length ? `<br>${__("Against")}: ${row.against.map(text).join(" ")}` : "") +
			"</p>"
	);
	frappe.msgprint({
		title: __("Groups That Suit"),
		message: rows.join("") || __("No group has a wanted subject and a free place."),
	});
}

async function show_rides(frm) {
	const text = frappe.utils.escape_html;
	const rows = (await suggested(frm, "suggest_rides")).map(
		(row) =>
			`<p><a href="/app/pupil/${encodeURIComponent(row.name)}">${text(row.first_name)}</a> (${text(row.area)})</p>`
	);
	frappe.msgprint({
		title: __("Who Could Ride Along"),
		message: rows.join("") || __("Nobody in the same part of town asks for or offers a ride."),
	});
}

function write_needs(frm) {
	frappe.prompt(
		{ fieldname: "needs", fieldtype: "Small Text", label: __("What does the pupil need?"), reqd: 1 },
		async ({ needs }) => {
			await frm.set_value("other_needs", needs);
			frm.save();
		},
		__("Needs More Than Lessons"),
		__("Write Down")
	);
}

function refer(frm) {
	frappe.prompt(
		{
			fieldname: "partner",
			fieldtype: "Link",
			options: "Partner Organisation",
			label: __("To which partner?"),
			description: __("The partner reads nothing about the child until a consent says so."),
			reqd: 1,
		},
		async ({ partner }) => {
			const answer = await frappe.call({
				method: "lsm_crm.api.activities.refer_pupil",
				args: { pupil: frm.doc.name, partner },
				freeze: true,
			});
			frappe.set_route("Form", "Referral", answer.message);
		},
		__("Refer to a Partner"),
		__("Refer")
	);
}
