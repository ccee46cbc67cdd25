frappe.ui.form.on("Client Merge", {
	async refresh(frm) {
		const moved = JSON.parse(frm.doc.moved || "[]");
		const before = JSON.parse(frm.doc.record_before || "{}");
		await frappe.model.with_doctype("Client");
		show(frm, "moved", moved.map(moved_line));
		show(frm, "record_before", frappe.get_meta("Client").fields.map(value_line(before)));
	},
});

function moved_line({ doctype, names }) {
	const links = names.map((name) => frappe.utils.get_form_link(doctype, name, true));
	return `${frappe.utils.escape_html(__(doctype))}: ${links.join(", ")}`;
}

const value_line = (before) => (field) => {
	const value = before[field.fieldname];
	if (!value || field.hidden || typeof value === "object") return "";
	const text = field.fieldtype === "Check" ? __("Yes") : field.fieldtype === "Select" ? __(value) : value;
	return frappe.utils.escape_html(`${__(field.label)}: ${text}`);
};

/** What is stored as data stands there as lines that a person reads. */
function show(frm, fieldname, lines) {
	const place = frm.fields_dict[fieldname].$wrapper.find(".control-value");
	place.html(lines.filter(Boolean).join("<br>"));
}
