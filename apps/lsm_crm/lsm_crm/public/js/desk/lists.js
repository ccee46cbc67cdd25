// Lists and tables of the desk: words are read in the reader's language, and a long text is cut at its end.

const { prototype: list } = frappe.views.ListView;

/** Records whose name is a word with a translation, such as topics and roles. */
function is_word(doctype) {
	return (frappe.boot.translated_doctypes || []).includes(doctype);
}

// Such a name stands there once, and its heading does not call it a number.
const setup_columns = list.setup_columns;
list.setup_columns = function (...args) {
	if (is_word(this.doctype)) this.settings.hide_name_column = true;
	setup_columns.apply(this, args);
	const [subject] = this.columns;
	if (is_word(this.doctype) && subject.df.fieldname === "name") {
		subject.df = { ...subject.df, label: this.doctype };
	}
};

// A browser cuts at the side where the page's language ends: in a page from right to left that is the beginning of a Latin
// title, unless the text's own direction counts.
const get_subject_html = list.get_subject_html;
list.get_subject_html = function (doc) {
	const html = get_subject_html.call(this, doc);
	if (!is_word(this.doctype) && !frappe.utils.is_rtl()) return html;
	const row = $("<div>").html(html);
	const title = row.find(".level-item.ellipsis").attr("dir", "auto");
	if (is_word(this.doctype)) {
		const word = __(doc[this.columns[0].df.fieldname] || doc.name);
		title.add(title.find("a")).attr("title", word);
		title.find("a").text(word);
	}
	return row.html();
};

const get_column_html = list.get_column_html;
list.get_column_html = function (col, doc) {
	const html = get_column_html.call(this, col, doc);
	const text = col.type === "Field" && col.df.fieldtype !== "Select"; // a choice is a pill with its dot
	return text && frappe.utils.is_rtl() ? html.replace("<div class=", '<div dir="auto" class=') : html;
};

$(document).on("grid-row-render", (event, row) => {
	if (frappe.utils.is_rtl()) row.wrapper.find(".static-area").attr("dir", "auto");
});
