frappe.ui.form.on("Case", {
	setup(frm) {
		const with_role = (role) => () => ({
			query: "lsm_crm.api.people.staff_with_role",
			filters: { role },
		});
		frm.set_query("worker", with_role("LSM Case Worker"));
		frm.set_query("deputy", with_role("LSM Case Worker"));
		frm.set_query("coordinator", with_role("LSM Coordinator"));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const coordinator = frappe.user.has_role("LSM Coordinator");
		if (frm.doc.workflow_state !== "Closed") {
			if (coordinator) frm.add_custom_button(__("Suggest a worker"), () => suggest_worker(frm));
			frm.add_custom_button(
				__("Note"),
				() => frappe.new_doc("Case Note", { case: frm.doc.name }),
				__("Add")
			);
			frm.add_custom_button(__("Deadline"), () => add_deadline(frm), __("Add"));
			frm.add_custom_button(__("Letter"), () => write_letter(frm), __("Add"));
			frm.add_custom_button(
				__("Paper"),
				() => frappe.new_doc("Case Document", { case: frm.doc.name }),
				__("Add")
			);
			frm.add_custom_button(
				__("Consent"),
				() => frappe.new_doc("Client Consent", { client: frm.doc.client }),
				__("Add")
			);
			frm.add_custom_button(
				__("Appointment"),
				() => frappe.new_doc("Client Appointment", { case: frm.doc.name, client: frm.doc.client }),
				__("Add")
			);
			frm.add_custom_button(
				__("Referral"),
				() => frappe.new_doc("Referral", { case: frm.doc.name, client: frm.doc.client }),
				__("Add")
			);
			if (coordinator && frm.doc.worker)
				frm.add_custom_button(__("Hand over all cases"), () => hand_over(frm));
		}
		frm.add_custom_button(__("Timeline"), () => show_timeline(frm));
	},
});

async function call(method, args, type = "GET") {
	return (await frappe.call({ method: `lsm_crm.api.cases.${method}`, args, type })).message;
}

function line(...parts) {
	const row = document.createElement("p");
	row.textContent = parts.filter(Boolean).join(" · ");
	return row;
}

async function suggest_worker(frm) {
	const people = await call("suggest_workers", { case: frm.doc.name });
	const dialog = new frappe.ui.Dialog({ title: __("Who could take this case?"), size: "large" });
	if (!people.length) dialog.body.append(line(__("Nobody who is here and may work on it.")));
	for (const person of people) {
		const row = line(person.full_name, person.reasons.join(", "));
		const button = document.createElement("button");
		button.className = "btn btn-default btn-sm ml-3";
		button.textContent = __("Choose");
		button.onclick = async () => {
			dialog.hide();
			await frm.set_value("worker", person.user);
			frm.save();
		};
		row.append(button);
		dialog.body.append(row);
	}
	dialog.show();
}

const other_deadline = (frm) => frappe.new_doc("Case Deadline", { case: frm.doc.name });

async function add_deadline(frm) {
	const rows = await call("deadline_choices", { case: frm.doc.name });
	if (!rows.length) return other_deadline(frm);
	const dialog = new frappe.ui.Dialog({
		title: __("Deadline"),
		fields: [
			{
				fieldname: "row",
				fieldtype: "Select",
				label: __("Which deadline?"),
				options: rows.map((row) => ({
					value: row.row,
					label: `${row.title} (${row.length} ${__(row.unit)})`,
				})),
				default: rows[0].row,
				reqd: 1,
				onchange() {
					const row = rows.find((one) => one.row === this.value);
					this.set_description(row ? frappe.utils.escape_html(row.source) : "");
				},
			},
			{
				fieldname: "counted_from",
				fieldtype: "Date",
				label: __("Date of the letter or the decision"),
				default: frappe.datetime.get_today(),
				description: __("The deadline is counted from this day. Check it against the letter itself."),
				reqd: 1,
			},
		],
		primary_action_label: __("Set the deadline"),
		async primary_action({ row, counted_from }) {
			dialog.hide();
			const made = await call("add_deadline", { case: frm.doc.name, row, counted_from }, "POST");
			const day = frappe.datetime.str_to_user(made.due_on);
			frappe.show_alert({ message: __("The deadline is {0}.", [day]), indicator: "green" });
			frm.reload_doc();
		},
		secondary_action_label: __("Another deadline"),
		secondary_action() {
			dialog.hide();
			other_deadline(frm);
		},
	});
	dialog.show();
}

async function write_letter(frm) {
	const templates = await call("letter_templates", { case: frm.doc.name });
	if (!templates.length) return frappe.msgprint(__("There is no template yet for this case and language."));
	frappe.prompt(
		{
			fieldname: "template",
			fieldtype: "Select",
			label: __("Template"),
			options: templates.map((row) => ({ label: row.label, value: row.name })),
			default: templates[0].name,
			reqd: 1,
		},
		async ({ template }) => {
			const name = await call("write_letter", { case: frm.doc.name, template }, "POST");
			frappe.set_route("Form", "Case Letter", name);
		},
		__("Letter")
	);
}

function hand_over(frm) {
	frappe.prompt(
		[
			{
				fieldname: "successor",
				fieldtype: "Link",
				options: "User",
				label: __("Who takes over?"),
				reqd: 1,
				get_query: () => ({
					query: "lsm_crm.api.people.staff_with_role",
					filters: { role: "LSM Case Worker" },
				}),
			},
			{ fieldname: "reason", fieldtype: "Data", label: __("Why?"), reqd: 1 },
		],
		async ({ successor, reason }) => {
			const result = await call("hand_over", { leaving: frm.doc.worker, successor, reason }, "POST");
			const dialog = new frappe.ui.Dialog({ title: __("Hand-over") });
			dialog.body.append(line(__("Handed over: {0}", [result.moved.length])));
			for (const row of result.kept) dialog.body.append(line(row.case, row.reason));
			dialog.show();
			frm.reload_doc();
		},
		__("Hand over all open cases of {0}", [
			frappe.utils.get_link_title("User", frm.doc.worker) || frm.doc.worker,
		])
	);
}

async function show_timeline(frm) {
	const rows = await call("timeline", { case: frm.doc.name });
	const dialog = new frappe.ui.Dialog({ title: __("Timeline of {0}", [frm.doc.name]), size: "large" });
	for (const row of rows) {
		const entry = line(frappe.datetime.str_to_user(row.when), __(row.doctype), row.text);
		if (row.name) {
			const link = document.createElement("a");
			link.href = frappe.utils.get_form_link(row.doctype, row.name);
			link.textContent = ` ${row.name}`;
			entry.append(link);
		}
		dialog.body.append(entry);
	}
	dialog.show();
}
