// What the desk does differently for the foundation: moves on boards are steps of a workflow, headings of workspaces speak
// the reader's language, and nobody is offered what their role cannot do.
import "../scss/lsm_desk.bundle.scss";

const KANBAN = "frappe.desk.doctype.kanban_board.kanban_board.";

function row_on_board(name) {
	return ((window.cur_list && window.cur_list.data) || []).find((row) => row.name === name);
}

function own_call(opts) {
	if (!opts || typeof opts !== "object" || typeof opts.method !== "string") return opts;
	if (opts.method === `${KANBAN}update_order`) {
		return {
			...opts,
			method: "lsm_crm.api.kanban.order",
			args: { board_name: opts.args.board_name },
		};
	}
	if (opts.method !== `${KANBAN}update_order_for_single_card`) return opts;
	const { board_name, docname, from_colname, to_colname } = opts.args;
	const row = row_on_board(docname);
	const callback = opts.callback;
	return {
		...opts,
		method: "lsm_crm.api.kanban.move",
		args: { board_name, docname, from_colname, to_colname, modified: row ? row.modified : "" },
		callback(answer) {
			if (row && answer.message) {
				row.modified = answer.message.document_modified;
			}
			if (callback) callback(answer);
		},
	};
}

const call = frappe.call;
frappe.call = function (opts, ...rest) {
	return call.call(this, own_call(opts), ...rest);
};
Object.assign(frappe.call, call);

function translate_headers() {
	const blocks = frappe.workspace_block && frappe.workspace_block.blocks;
	if (!blocks || !blocks.header || blocks.header.lsm) return;
	const Header = blocks.header;
	blocks.header = class extends Header {
		static lsm = true;
		normalizeData(data) {
			const normal = super.normalizeData(data);
			if (this.readOnly !== false) normal.text = __(normal.text);
			return normal;
		}
	};
}

// Only a system manager edits workspaces; others would be refused.
const setup_actions = frappe.views.Workspace.prototype.setup_actions;
frappe.views.Workspace.prototype.setup_actions = function (...args) {
	if (frappe.user.has_role("System Manager")) setup_actions.apply(this, args);
};

translate_headers();

$(document).on("app_ready", () => {
	const manager = frappe.user.has_role("System Manager");
	document.body.classList.toggle("lsm-staff", !manager);
	translate_headers();
});
