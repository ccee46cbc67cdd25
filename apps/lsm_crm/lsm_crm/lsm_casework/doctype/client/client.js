frappe.ui.form.on("Client", {
	async before_save(frm) {
		if (!frm.is_new() || frm.doc.duplicate_checked) return;
		const { message: people } = await frappe.call({
			method: "lsm_crm.api.people.likely_doubles",
			type: "POST",
			args: {
				full_name: [frm.doc.first_name, frm.doc.infix, frm.doc.last_name].filter(Boolean).join(" "),
				birth_year: frm.doc.date_of_birth
					? Number(frm.doc.date_of_birth.slice(0, 4))
					: frm.doc.birth_year || 0,
				phone: frm.doc.phone || "",
				email: frm.doc.email || "",
			},
		});
		if (!people.length) return;
		frappe.validated = false;
		show_doubles(frm, people);
	},

	refresh(frm) {
		if (frm.doc.status === "Merged") {
			frm.set_intro(
				__("{0} was merged into {1}. Use that number.", [
					frm.doc.name,
					frappe.utils.get_form_link("Client", frm.doc.merged_into, true),
				])
			);
			frm.disable_form();
			return;
		}
		if (frm.is_new() || !frappe.user.has_role("LSM Coordinator")) return;
		frm.add_custom_button(__("Merge a double into this client"), () => merge(frm));
	},
});

function show_doubles(frm, people) {
	const dialog = new frappe.ui.Dialog({
		title: __("Is this client known already?"),
		primary_action_label: __("No, a new client"),
		primary_action() {
			dialog.hide();
			frm.doc.duplicate_checked = 1;
			frm.save();
		},
	});
	for (const person of people) {
		const row = document.createElement("p");
		row.textContent = [person.client, person.full_name, person.birth_year].filter(Boolean).join(" · ");
		dialog.body.append(row);
	}
	dialog.show();
}

const numbered = (name, full_name) => (full_name ? `${name} (${full_name})` : name);

function merge(frm) {
	frappe.prompt(
		[
			{
				fieldname: "double",
				fieldtype: "Link",
				options: "Client",
				label: __("Double"),
				only_select: 1,
				reqd: 1,
				get_query: () => ({
					filters: [
						["name", "!=", frm.doc.name],
						["status", "!=", "Merged"],
					],
				}),
			},
			{ fieldname: "reason", fieldtype: "Data", label: __("Why are these one person?"), reqd: 1 },
		],
		({ double, reason }) => {
			const question = __("All that belongs to {0} moves to {1}. Go on?", [
				numbered(double, frappe.utils.get_link_title("Client", double)),
				numbered(frm.doc.name, frm.doc.full_name),
			]);
			frappe.confirm(frappe.utils.escape_html(question), async () => {
				await frappe.call({
					method: "lsm_crm.api.people.merge",
					type: "POST",
					args: { keep: frm.doc.name, merge: double, reason },
				});
				await frm.reload_doc();
				frappe.show_alert({
					message: __("{0} was merged into {1}. Use that number.", [double, frm.doc.name]),
					indicator: "green",
				});
			});
		},
		__("Merge a double into this client")
	);
}
