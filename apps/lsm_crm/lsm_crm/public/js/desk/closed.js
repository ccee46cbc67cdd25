// What the guard has closed is not offered. A step of a workflow asks its questions in the form, so it is not taken for many
// records at once; bulk edits, assignments, tags, reminders, other names and the framework's list of everything linked are closed
// for all. A record as data on the clipboard is of no use to a volunteer.
const { prototype: list } = frappe.views.ListView;
const { prototype: toolbar } = frappe.ui.form.Toolbar;

const IN_BULK = ["Edit", "Assign To", "Apply Assignment Rule", "Add Tags", "Submit", "Cancel"];
const IN_FORM = ["Links", "Remind Me", "Copy to Clipboard"];

const get_actions_menu_items = list.get_actions_menu_items;
list.get_actions_menu_items = function () {
	const named = (label) => __(label, null, "Button in list view actions menu");
	const closed = IN_BULK.map(named);
	if (!frappe.model.can_export(this.doctype)) closed.push(named("Export"));
	return get_actions_menu_items.call(this).filter(({ label }) => !closed.includes(label));
};

list.get_workflow_action_menu_items = () => [];
list.toggle_workflow_actions = () => {};

const toggle_actions_menu_button = list.toggle_actions_menu_button;
list.toggle_actions_menu_button = function (toggle) {
	return toggle_actions_menu_button.call(this, toggle && this.page.actions.children().length > 0);
};

toolbar.can_rename = () => false;
toolbar.is_title_editable = () => false; // by a click on the title; its field is in the form

const make_menu_items = toolbar.make_menu_items;
toolbar.make_menu_items = function () {
	const closed = IN_FORM.map((label) => __(label));
	const { page } = this;
	const { add_menu_item } = page;
	page.add_menu_item = (label, ...rest) =>
		!closed.includes(label) && add_menu_item.call(page, label, ...rest);
	make_menu_items.call(this);
	delete page.add_menu_item; // the page's own comes forth again
};

// Of the other ways to look at a list: a board where there is one, since nobody makes boards; figures stand on the workspaces.
const { prototype: views } = frappe.views.ListViewSelect;
const has_board = (doctype) => (frappe.boot.board_doctypes || []).includes(doctype);

const add_view_to_menu = views.add_view_to_menu;
views.add_view_to_menu = function (view, ...rest) {
	if (view === "Dashboard" || (view === "Kanban" && !has_board(this.doctype))) return;
	add_view_to_menu.call(this, view, ...rest);
	this.parent.find(`[data-view="${view}"] .menu-item-label`).text(__(`${view} View`)); // as on the button
};

frappe.views.KanbanView.show_kanban_dialog = async function (doctype) {
	const [board] = has_board(doctype) ? await frappe.views.KanbanView.get_kanbans(doctype) : [];
	frappe.set_route("List", doctype, ...(board ? ["Kanban", board.name] : ["List"]));
};

// The framework's maker offers another of its programs there, elsewhere on the internet.
frappe.views.ListSidebar.prototype.add_insights_banner = () => {};
