// Accounts are called by the person's name. The names of colleagues come with the desk; a form brings those of the people it
// names. Of anyone else the account stands there, and the server is not asked.
for (const [user, name] of Object.entries(frappe.boot?.staff_names || {})) {
	frappe.utils.add_link_title("User", user, name);
}

const fetch_link_title = frappe.utils.fetch_link_title;
frappe.utils.fetch_link_title = function (doctype, name) {
	return doctype === "User" ? Promise.resolve(name) : fetch_link_title.call(this, doctype, name);
};
