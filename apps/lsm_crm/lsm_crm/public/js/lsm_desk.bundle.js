// What the desk does differently for the foundation: moves on boards are steps of a workflow, headings of workspaces speak
// the reader's language, and nobody is offered what their role cannot do.
import "../scss/lsm_desk.bundle.scss";
import "./desk/plain.js";
import "./desk/closed.js";
import "./desk/comments.js";
import "./desk/filters.js";
import "./desk/attach.js";
import "./desk/list_buttons.js";
import "./desk/lists.js";
import "./desk/names.js";
import "./desk/numbers.js";
import "./desk/pickers.js";
import "./desk/timeline.js";
import "./desk/years.js";
import "./desk/steps.js";

frappe.provide("lsm");

/** The coloured word in a list: `colours` names a colour for each value of the field. */
lsm.indicator = (field, colours) => (doc) => {
	const value = doc[field];
	return value ? [__(value), colours[value] || "gray", `${field},=,${value}`] : undefined;
};

/** A report's filter: one year, this one to begin with. */
lsm.year_filter = () => ({
	fieldname: "year",
	label: __("Year"),
	fieldtype: "Int",
	default: new Date().getFullYear(),
	reqd: 1,
});

/** A date in a list, red when it has passed and the document still waits for it. */
lsm.late = (waits) => (value, df, doc) => {
	const text = frappe.utils.escape_html(frappe.format(value, df, { only_value: true }) || "");
	const late = value && value < frappe.datetime.get_today() && waits(doc);
	return late ? `<span class="text-danger"><b>${text}</b></span>` : text;
};

/** The calendar's hours have no zone: as text they are read in the reader's own. As they come they count as UTC, an hour or two off. */
const stored_time = (moment) => frappe.datetime.convert_to_system_tz(moment.format("YYYY-MM-DD HH:mm:ss"));

/** A calendar of own events, in which a move says which version it was made from. */
lsm.calendar = (doctype) => {
	const move = (event, delta, revert) => {
		frappe.call({
			method: "lsm_crm.api.calendars.move",
			args: {
				doctype,
				name: event.name,
				start: stored_time(event.start),
				end: event.end ? stored_time(event.end) : null,
				modified: event.modified,
			},
			callback: (answer) => {
				if (answer.message) event.modified = answer.message.modified;
			},
			error: revert,
		});
	};
	return {
		field_map: { start: "start", end: "end", id: "name", title: "title", allDay: "all_day" },
		get_css_class: (event) => event.look,
		get_events_method: "lsm_crm.api.calendars.get_events",
		options: {
			eventDrop: move,
			eventResize: move,
			selectable: false,
			timeFormat: "H:mm",
			slotLabelFormat: "H:mm",
			firstDay: 1,
			// On a phone a month has no room for words.
			...(window.innerWidth < 768
				? { defaultView: "agendaDay", scrollTime: "08:00:00", contentHeight: 560 }
				: {}),
		},
	};
};

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

/** What only a system manager may do is not offered to others, who would be refused. */
function managers_only(view, ...names) {
	for (const name of names) {
		const original = view.prototype[name];
		view.prototype[name] = function (...args) {
			return frappe.user.has_role("System Manager") ? original.apply(this, args) : undefined;
		};
	}
}

managers_only(frappe.views.Workspace, "setup_actions", "add_custom_cards_in_content");
managers_only(frappe.views.QueryReport, "add_card_button_to_toolbar", "add_chart_buttons_to_toolbar");

// A list on a laptop shows what one looks for in it; the framework keeps a single field beside the name there.
const setup_columns = frappe.views.ListView.prototype.setup_columns;
frappe.views.ListView.prototype.setup_columns = function (...args) {
	this.list_view_settings.total_fields = this.list_view_settings.total_fields || 6;
	return setup_columns.apply(this, args);
};

// A card on a board is called by its title, and where there is none by its number.
const get_card_meta = frappe.views.KanbanView.prototype.get_card_meta;
frappe.views.KanbanView.prototype.get_card_meta = function () {
	const meta = get_card_meta.call(this);
	if (!this.meta.title_field) {
		meta.title_field = { fieldname: "name", fieldtype: "Data", parent: this.doctype };
	}
	return meta;
};

translate_headers();

$(document).on("app_ready", () => {
	const manager = frappe.user.has_role("System Manager");
	document.body.classList.toggle("lsm-staff", !manager);
	translate_headers();
});
