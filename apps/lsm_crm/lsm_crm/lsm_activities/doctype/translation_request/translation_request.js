// What comes next in each state, and who takes that step.
const STEPS = {
	Assigned: [["translator", __("Start Work"), "In Progress"]],
	"In Progress": [
		["translator", __("To the Second Reader"), "Second Reading"],
		["translator", __("Hand In"), "Delivered"],
	],
	"Second Reading": [["second_reader", __("Hand In"), "Delivered"]],
};

frappe.ui.form.on("Translation Request", {
	refresh(frm) {
		name_the_moment(frm);
		if (frm.is_new()) return;
		add_steps(frm);
		if (frm.doc.kind === "Text" && !frappe.user.has_role("LSM Coordinator")) {
			frm.add_custom_button(__("The Words"), () => open_words(frm));
		}
		const open = ["Requested", "Assigned"].includes(frm.doc.status);
		if (open && frappe.user.has_role("LSM Coordinator")) {
			frm.add_custom_button(__("Who Can Do It"), () => choose_helper(frm));
		}
	},
	kind: name_the_moment,
});

function name_the_moment(frm) {
	const interpreting = frm.doc.kind === "Interpreting";
	frm.set_df_property("deadline", "label", interpreting ? __("When") : __("Deadline"));
}

function add_steps(frm) {
	for (const [who, label, status] of STEPS[frm.doc.status] || []) {
		const reading = frm.doc.kind === "Text" && frm.doc.second_reader;
		if (frm.doc[who] !== frappe.session.user) continue;
		if (status === "Second Reading" && !reading) continue;
		if (status === "Delivered" && frm.doc.status === "In Progress" && reading) continue;
		frm.add_custom_button(label, async () => {
			await frm.set_value("status", status);
			frm.save();
		}).addClass("btn-primary");
	}
}

async function open_words(frm) {
	const found = await frappe.db.get_list("Translation Text", {
		filters: { translation_request: frm.doc.name },
		limit: 1,
	});
	if (found.length) frappe.set_route("Form", "Translation Text", found[0].name);
	else frappe.new_doc("Translation Text", { translation_request: frm.doc.name });
}

async function choose_helper(frm) {
	const answer = await frappe.call({
		method: "lsm_crm.api.activities.suggest_translators",
		args: { request: frm.doc.name },
	});
	const text = frappe.utils.escape_html;
	const rows = answer.message.map(
		(
			row
		) => `<p><button class="btn btn-default btn-xs" data-user="${text(row.user)}">${__("Ask")}</button>
			<b>${text(row.name)}</b>: ${__(row.from_level)}, ${__(row.to_level)}${row.busy ? ` (${__("busy then")})` : ""}</p>`
	);
	const dialog = new frappe.ui.Dialog({
		title: __("Who Can Do It"),
		fields: [{ fieldname: "people", fieldtype: "HTML" }],
	});
	const none = __("No active volunteer with an account has both languages.");
	const people = dialog.get_field("people").$wrapper.html(rows.join("") || `<p>${none}</p>`);
	people.on("click", "[data-user]", async (event) => {
		dialog.hide();
		await frm.set_value({ translator: event.currentTarget.dataset.user, status: "Assigned" });
		frm.save();
	});
	dialog.show();
}
