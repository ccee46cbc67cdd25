frappe.ui.form.on("Register Import", {
	refresh(frm) {
		if (frm.is_new() || !frm.doc.file || frm.doc.status === "Imported") return;
		frm.add_custom_button(__("Check the file"), () => run(frm, "check_file"));
		if (frm.doc.status === "Checked" && !frm.doc.bad_count) {
			frm.add_custom_button(__("Take it over"), () => run(frm, "take_over")).addClass("btn-primary");
		}
	},
});

async function run(frm, method) {
	if (frm.is_dirty()) await frm.save();
	await frm.call({ method, doc: frm.doc, freeze: true, freeze_message: __("Reading the file") });
	frm.reload_doc();
}
