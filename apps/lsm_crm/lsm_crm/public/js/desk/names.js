// Accounts are called by the person's name. The names of colleagues come with the desk; a form brings those of the people it
// names. Of anyone else the account stands there, and the server is not asked.
for (const [user, name] of Object.entries(frappe.boot?.staff_names || {})) {
	frappe.utils.add_link_title("User", user, name);
}

const fetch_link_title = frappe.utils.fetch_link_title;
frappe.utils.fetch_link_title = function (doctype, name) {
	return doctype === "User" ? Promise.resolve(name) : fetch_link_title.call(this, doctype, name);
};

// What was chosen counts at once: whoever is quicker than the server's answer would send the name instead of the record.
const Link = frappe.ui.form.ControlLink.prototype;
const choose = Link.parse_validate_and_set_in_model;
Link.parse_validate_and_set_in_model = function (value, event, label) {
	if (label) {
		this.title_value_map = { ...this.title_value_map, [this.get_translated(label)]: value };
	}
	return choose.call(this, value, event, label);
};

// A list names the people its records link to. Where the caller may read only some of those, the guard leaves the names out of the
// list's own question; they are asked for as records of their own, so that the row rules say which are told.
const { prototype: list } = frappe.views.ListView;
const after_render = list.after_render;
list.after_render = function (...args) {
	after_render.apply(this, args);
	for (const [fieldname, title] of Object.entries(this.link_field_title_fields || {})) {
		add_names(this, fieldname, title);
	}
};

async function add_names(view, fieldname, title) {
	const { options } = frappe.meta.get_docfield(view.doctype, fieldname) || {};
	const key = `${fieldname}_${title}`;
	const rows = view.data.filter((row) => row[fieldname] && row[key] === undefined);
	if (!rows.length || !frappe.model.can_read(options)) return;
	const names = [...new Set(rows.map((row) => row[fieldname]))];
	const found = await frappe.db.get_list(options, {
		fields: ["name", title],
		filters: { name: ["in", names] },
		limit: names.length,
	});
	const titles = Object.fromEntries(found.map((one) => [one.name, one[title]]));
	for (const row of rows) row[key] = titles[row[fieldname]] || null;
	if (found.length) view.render_list();
}
