frappe.ui.form.on("Referral", {
	setup(frm) {
		frm.set_query("consent", () => ({
			filters: { client: frm.doc.client, purpose: "Share with a partner", status: "Valid" },
		}));
	},

	refresh(frm) {
		if (frm.is_new()) {
			frm.add_custom_button(__("Find a partner"), () => find_partner(frm));
		} else if (["Offered", "Accepted", "In Progress"].includes(frm.doc.workflow_state)) {
			frm.add_custom_button(__("Mail the link to the partner"), () => send(frm));
		}
	},

	async partner(frm) {
		if (!frm.doc.partner) return;
		const { message } = await frappe.db.get_value("Partner Organisation", frm.doc.partner, [
			"referrals_sent",
			"referrals_helped",
			"success_rate",
		]);
		frm.set_df_property(
			"partner",
			"description",
			__("Referred before: {0}, helped: {1} ({2}% of those finished)", [
				message.referrals_sent || 0,
				message.referrals_helped || 0,
				Math.round(message.success_rate || 0),
			])
		);
	},
});

function send(frm) {
	frappe.confirm(
		__("{0} gets a mail with a link. The mail itself says nothing about the person. Send it?", [
			frm.doc.partner,
		]),
		async () => {
			const { message } = await frappe.call({
				method: "lsm_crm.api.cases.send_referral",
				type: "POST",
				args: { referral: frm.doc.name },
			});
			frappe.msgprint(
				message
					? __("The mail is on its way.")
					: __("No mail account is set up, so nothing was sent.")
			);
			frm.reload_doc();
		}
	);
}

async function partners(filters) {
	const { message } = await frappe.call({
		method: "frappe.desk.query_report.run",
		args: { report_name: "Social Map", filters },
	});
	return message.result;
}

/** Partners for this topic and language, or for the topic alone where none speaks the language. */
async function find_partner(frm) {
	const { topic, language } = frm.doc;
	const filters = Object.fromEntries(Object.entries({ topic, language }).filter(([, value]) => value));
	let found = await partners(filters);
	if (!found.length && topic) found = await partners({ topic });
	const dialog = new frappe.ui.Dialog({
		title: __("Find a partner"),
		size: "large",
		primary_action_label: __("Search the whole social map"),
		primary_action() {
			dialog.hide();
			frappe.route_options = filters;
			frappe.set_route("query-report", "Social Map");
		},
	});
	if (!found.length) {
		const row = document.createElement("p");
		row.textContent = __("No partner is known for this topic.");
		dialog.body.append(row);
	}
	for (const partner of found) dialog.body.append(partner_line(frm, dialog, partner));
	dialog.show();
}

function partner_line(frm, dialog, partner) {
	const row = document.createElement("div");
	row.className = "d-flex justify-content-between align-items-start py-2 border-bottom";
	const text = document.createElement("div");
	const name = document.createElement("b");
	name.textContent = partner.name;
	const about = document.createElement("div");
	about.className = "small text-muted";
	about.textContent = [
		partner.topics,
		partner.languages,
		partner.hours,
		partner.phone,
		partner.referrals_sent &&
			__("{0} referred, {1}% helped", [partner.referrals_sent, Math.round(partner.success_rate)]),
	]
		.filter(Boolean)
		.join(" · ");
	text.append(name, about);
	const choose = document.createElement("button");
	choose.className = "btn btn-default btn-sm ml-3";
	choose.textContent = __("Choose");
	choose.onclick = () => {
		dialog.hide();
		frm.set_value("partner", partner.name);
	};
	row.append(text, choose);
	return row;
}
