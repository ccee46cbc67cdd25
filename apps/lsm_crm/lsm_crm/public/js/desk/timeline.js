// The timeline tells earlier values as they are stored; choices and states are told in the reader's language.
const sync_docinfo = frappe.model.sync_docinfo;

frappe.model.sync_docinfo = (answer) => {
	const info = answer.docinfo;
	for (const version of (info && info.versions) || []) {
		version.data = in_words(info.doctype, version.data);
	}
	return sync_docinfo(answer);
};

function in_words(doctype, data) {
	const version = JSON.parse(data);
	for (const change of version.changed || []) translate(doctype, change);
	for (const [table, , , changes] of version.row_changed || []) {
		const field = frappe.meta.get_docfield(doctype, table);
		for (const change of field ? changes : []) translate(field.options, change);
	}
	return JSON.stringify(version);
}

function translate(doctype, change) {
	const field = frappe.meta.get_docfield(doctype, change[0]);
	if (!field || field.fieldtype !== "Select") return;
	for (const place of [1, 2]) if (change[place]) change[place] = __(change[place]);
}
