// A file belongs to a record that exists: a new form is saved first, and says itself what it still needs.
const Attach = frappe.ui.form.ControlAttach;
if (Attach) {
	const click = Attach.prototype.on_attach_click;
	Attach.prototype.on_attach_click = async function () {
		if (this.frm?.is_new()) await this.frm.save();
		if (!this.frm?.is_new()) click.call(this);
	};
}
