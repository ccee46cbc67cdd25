// Some steps of a workflow need a word first, such as why something is cancelled: it is asked when the step is chosen.
frappe.provide("lsm");

/**
 * For `before_workflow_action`: `questions` names for each step the field that must be filled, with what is asked.
 * Closing the question takes no step.
 */
lsm.ask_first = (questions) => (frm) => {
	const question = questions[frm.selected_workflow_action];
	if (!question || frm.doc[question.field]) return undefined;
	frappe.dom.unfreeze();
	return new Promise((resolve) => {
		const field = frappe.meta.get_docfield(frm.doctype, question.field, frm.doc.name);
		frappe.prompt(
			{
				fieldname: "answer",
				fieldtype: field.fieldtype,
				label: __(question.label),
				reqd: question.reqd ?? 1,
			},
			async ({ answer }) => {
				if (answer) await store(frm, question.field, answer);
				frappe.dom.freeze();
				resolve();
			},
			__(frm.selected_workflow_action),
			__("Continue")
		);
	});
};

/** Saved as a copy: a late reload of the form, after the step before this one, cannot take the answer away. */
async function store(frm, field, answer) {
	const doc = JSON.stringify({ ...frm.doc, [field]: answer });
	const { docs } = await frappe.call({
		method: "frappe.desk.form.save.savedocs",
		args: { doc, action: "Save" },
	});
	// While that reload is under way the form still holds the version before, from which the step would be refused.
	frm.doc.modified = docs[0].modified;
}
