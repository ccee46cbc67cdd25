import { call, element } from "./call.js";
import { CasePanel } from "./case_panel.js";
import { Field } from "./fields.js";
import { Choice, Picker } from "./picker.js";

const MINUTES = 15;

/** The walk-in hour: one request after another, by keyboard alone or on a phone. */
export class WalkIn {
	constructor(page) {
		this.root = element("div", { class: "lsm-walk-in" });
		page.main[0].append(this.root);
		this.start();
	}

	async start() {
		this.options = await call("walk_in.options", {}, "GET");
		this.make_fields();
		this.render();
		this.new_token();
		this.focus();
		this.show_today();
	}

	make_fields() {
		const { topics, languages, areas, services, modes, channels, groups } = this.options;
		const next = (name) => () => this.fields[name].focus();
		this.fields = {
			topics: new Picker({
				label: __("Topics"),
				options: topics,
				many: true,
				required: true,
				hint: __("Type, Enter chooses"),
				on_done: next("language"),
			}),
			language: new Picker({ label: __("Language"), options: languages, on_done: next("services") }),
			services: new Picker({
				label: __("Service given"),
				options: services,
				many: true,
				on_done: next("area"),
			}),
			area: new Picker({ label: __("Area"), options: areas, on_done: next("minutes") }),
			minutes: new Field({
				label: __("Minutes"),
				type: "number",
				value: MINUTES,
				inputmode: "numeric",
			}),
			client_group: new Picker({ label: __("Client group"), options: groups, on_done: next("note") }),
			mode: new Choice({ label: __("Mode"), options: modes, value: modes[0].value }),
			channel: new Choice({ label: __("Came by"), options: channels, value: channels[0].value }),
			request_date: new Field({ label: __("Date"), type: "date", value: this.options.today }),
			note: new Field({ label: __("Note, without names"), rows: 2 }),
			wants_follow_up: new Field({ label: __("Wants to be contacted"), type: "checkbox" }),
			contact_name: new Field({ label: __("Name") }),
			contact_phone: new Field({ label: __("Phone"), type: "tel" }),
			contact_email: new Field({ label: __("E-mail"), type: "email" }),
		};
		this.fields.wants_follow_up.input.addEventListener("change", () => this.show_contact());
	}

	render() {
		const nodes = (...names) => names.map((name) => this.fields[name].node);
		this.contact = element(
			"div",
			{ class: "lsm-grid" },
			...nodes("contact_name", "contact_phone", "contact_email")
		);
		this.message = element("p", { class: "lsm-message", role: "alert" });
		this.saved = element("div", { class: "lsm-saved", role: "status" });
		this.panel = element("div");
		this.list = element("ul", { class: "lsm-today" });
		this.form = element(
			"form",
			{
				"aria-label": __("Help request"),
				novalidate: "",
				onsubmit: (event) => {
					event.preventDefault();
					this.save();
				},
				onkeydown: (event) => {
					if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
						event.preventDefault();
						this.save();
					}
				},
			},
			element(
				"p",
				{ class: "text-muted" },
				`${this.options.user} · ${frappe.datetime.str_to_user(this.options.today)}`
			),
			element(
				"div",
				{ class: "lsm-grid" },
				...nodes("topics", "language", "services", "area", "minutes")
			),
			element("button", { type: "submit", class: "btn btn-primary lsm-save" }, __("Save")),
			element("span", { class: "text-muted lsm-hint" }, __("or Ctrl and Enter")),
			this.message,
			element(
				"details",
				{},
				element("summary", {}, __("More: mode, way of contact, note, call back")),
				element(
					"div",
					{ class: "lsm-grid" },
					...nodes("mode", "channel", "client_group", "request_date")
				),
				this.fields.note.node,
				this.fields.wants_follow_up.node,
				this.contact
			)
		);
		this.root.replaceChildren(
			this.form,
			this.saved,
			this.panel,
			element("h3", {}, __("Today")),
			this.list
		);
		this.show_contact();
	}

	focus() {
		this.fields?.topics.focus();
	}

	show_contact() {
		this.contact.hidden = !this.fields.wants_follow_up.value;
	}

	new_token() {
		this.token = frappe.utils.get_random(20);
	}

	get values() {
		const { topics, services, ...others } = this.fields;
		const values = { topics: topics.values, services: services.values };
		for (const [name, field] of Object.entries(others)) values[name] = field.value;
		return values;
	}

	async save() {
		this.message.textContent = "";
		if (!this.fields.topics.values.length) {
			this.message.textContent = __("Choose at least one topic.");
			return this.fields.topics.focus();
		}
		if (this.saving) return;
		this.saving = true;
		try {
			const values = this.values;
			const request = await call("walk_in.register", { values, token: this.token });
			this.done(request, values);
		} finally {
			this.saving = false;
		}
	}

	done(request, values) {
		for (const field of Object.values(this.fields)) field.clear();
		this.show_contact();
		this.new_token();
		this.panel.replaceChildren();
		this.show_saved(request, values);
		this.show_today();
		this.focus();
	}

	show_saved(request, values) {
		const { partners } = this.options;
		this.saved.replaceChildren(
			element("strong", {}, __("Saved: {0} ({1})", [request.name, request.state_label])),
			" ",
			element(
				"button",
				{
					type: "button",
					class: "btn btn-default btn-sm",
					onclick: () => this.open_case(request, values),
				},
				__("Make a case")
			),
			" ",
			partners.length
				? element(
						"button",
						{
							type: "button",
							class: "btn btn-default btn-sm",
							onclick: () => this.open_referral(request),
						},
						__("Refer to a partner")
					)
				: ""
		);
	}

	open_case(request, values) {
		const panel = new CasePanel({
			options: this.options,
			request: request.name,
			language: values.language,
			phone: values.contact_phone,
			on_cancel: () => this.close_panel(),
			on_made: (made) => {
				this.saved.replaceChildren(
					element("strong", {}, __("Case {0} was made, client {1}.", [made.case, made.client]))
				);
				this.close_panel();
				this.show_today();
			},
		});
		this.panel.replaceChildren(panel.node);
		panel.focus();
	}

	open_referral(request) {
		const partner = new Picker({
			label: __("Partner"),
			options: this.options.partners,
			on_done: async () => {
				const made = await call("walk_in.refer", { request: request.name, partner: partner.value });
				this.saved.replaceChildren(element("strong", {}, __("Referred: {0}", [made.referral])));
				this.close_panel();
				this.show_today();
			},
		});
		this.panel.replaceChildren(
			element(
				"div",
				{ class: "lsm-panel" },
				element("p", {}, __("Nothing about the person is sent.")),
				partner.node
			)
		);
		partner.focus();
	}

	close_panel() {
		this.panel.replaceChildren();
		this.focus();
	}

	async show_today() {
		const rows = await call("walk_in.today", {}, "GET");
		this.list.replaceChildren(
			...rows.map((row) =>
				element(
					"li",
					{},
					element("span", {}, row.name),
					element("span", {}, row.topic_label),
					element("span", { class: "indicator-pill no-indicator-dot blue" }, row.state_label),
					element("span", {}, row.case || row.referral || "")
				)
			)
		);
	}
}
