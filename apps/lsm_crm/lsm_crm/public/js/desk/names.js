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
