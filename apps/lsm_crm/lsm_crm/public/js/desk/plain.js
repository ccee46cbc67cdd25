// What people typed is shown as text. The framework takes markup out when a record is saved and then shows what is stored as it is;
// what came into the database past a save (another program, a restored copy) would run in the reader's browser.

const TAG = /<(?=[a-z/!?])/gi;
const TYPED = ["Data", "Small Text", "Text", "Long Text", "Link", "Dynamic Link", "Select", "Autocomplete"];

const as_text = (value) => (typeof value === "string" ? value.replace(TAG, "&lt;") : value);

/** Formatted text keeps its form and loses what runs: elements that load something, and attributes that act. */
function without_script(html) {
	const page = new window.DOMParser().parseFromString(html, "text/html");
	for (const element of page.body.querySelectorAll("*")) {
		if (element.matches("script, iframe, object, embed, form, base, link, meta, style, svg, math")) {
			element.remove();
			continue;
		}
		for (const { name, value } of [...element.attributes]) {
			const address = ["href", "src", "action", "formaction", "xlink:href"].includes(name);
			const acts =
				address && /^(javascript|data:text|vbscript)/i.test(value.replace(/[\s\u0000-\u001f]/g, ""));
			if (name.startsWith("on") || name === "srcdoc" || acts) element.removeAttribute(name);
		}
	}
	return page.body.innerHTML;
}

const format = frappe.format;
frappe.format = function (value, df, ...rest) {
	if (TYPED.includes(df?.fieldtype)) value = as_text(value);
	else if (df?.fieldtype === "Text Editor" && typeof value === "string") value = without_script(value);
	return format.call(this, value, df, ...rest);
};

const get_link_title = frappe.utils.get_link_title;
frappe.utils.get_link_title = function (...args) {
	return as_text(get_link_title.apply(this, args));
};

// The list of files beside a form puts each name into an attribute too, where a quotation mark is enough.
const Attachments = frappe.ui.form.Attachments;
const add_attachment = Attachments.prototype.add_attachment;
Attachments.prototype.add_attachment = function (file, ...rest) {
	const file_name = frappe.utils.escape_html(file.file_name || "");
	return add_attachment.call(this, { ...file, file_name }, ...rest);
};

// A card on a board takes the markup out of its title, signs for markup become markup by that, and it is drawn as it is.
const render_template = frappe.render_template;
frappe.render_template = function (name, data) {
	const safe =
		name === "kanban_card" ? { ...data, title: frappe.utils.escape_html(data.title || "") } : data;
	return render_template.call(this, name, safe);
};
