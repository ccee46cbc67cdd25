// A year that nobody gave is stored as nought, and shown as nothing.
const is_not_given = (df, value) =>
	df?.fieldtype === "Int" && df.fieldname?.endsWith("_year") && !cint(value);

const Int = frappe.ui.form.ControlInt.prototype;
const format_for_input = Int.format_for_input;
Int.format_for_input = function (value) {
	return is_not_given(this.df, value) ? "" : format_for_input.call(this, value);
};

const format = frappe.format;
frappe.format = function (value, df, ...rest) {
	return is_not_given(df, value) ? "" : format.call(this, value, df, ...rest);
};
