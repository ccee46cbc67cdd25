import { call, element } from "./call.js";
import { Field } from "./fields.js";
import { Picker } from "./picker.js";

const WAIT = 250; // milliseconds after the last key

/** Number, name and year of birth: all that the front office gets to see of a client. */
function in_words(person) {
	return [person.full_name, person.birth_year, person.client].filter(Boolean).join(" · ");
}

/** Turn a request into a case: find the client or fill in a new one. */
export class CasePanel {
	constructor({ options, request, language, phone, on_made, on_cancel }) {
		Object.assign(this, { options, request, language, phone, on_made, on_cancel });
		this.client = null;
		this.render();
	}

	render() {
		this.case_type = new Picker({
			label: __("Case type"),
			options: this.options.case_types,
			required: true,
		});
		this.search = new Field({ label: __("Find the client: name, phone, date of birth or number") });
		this.search.input.addEventListener("input", () => this.search_soon());
		this.found = element("div", { class: "lsm-found", role: "group", "aria-label": __("Clients found") });
		this.first_name = new Field({ label: __("First name"), required: true });
		this.last_name = new Field({ label: __("Last name") });
		this.birth_year = new Field({ label: __("Year of birth"), inputmode: "numeric" });
		this.phone_field = new Field({ label: __("Phone"), type: "tel", value: this.phone || "" });
		this.person = element(
			"div",
			{ class: "lsm-grid" },
			...[this.first_name, this.last_name, this.birth_year, this.phone_field].map((field) => field.node)
		);
		this.message = element("p", { class: "lsm-message", role: "alert" });
		this.node = element(
			"form",
			{
				class: "lsm-panel",
				"aria-label": __("Make a case"),
				onsubmit: (event) => {
					event.preventDefault();
					this.save();
				},
			},
			element("h3", {}, __("Make a case of {0}", [this.request])),
			this.case_type.node,
			this.search.node,
			this.found,
			element("h4", {}, __("Or a new client")),
			this.person,
			this.message,
			element("button", { type: "submit", class: "btn btn-primary" }, __("Make the case")),
			" ",
			element(
				"button",
				{ type: "button", class: "btn btn-default", onclick: this.on_cancel },
				__("Not now")
			)
		);
	}

	focus() {
		this.case_type.focus();
	}

	search_soon() {
		clearTimeout(this.timer);
		this.timer = setTimeout(async () => {
			const text = this.search.value;
			const people = text.length > 1 ? await call("people.search", { text }) : [];
			if (text === this.search.value) this.show_found(people, __("Nobody found"));
		}, WAIT);
	}

	show_found(people, nobody = "") {
		this.found.replaceChildren(
			...people.map((person) =>
				element(
					"button",
					{
						type: "button",
						class: "btn btn-default btn-sm",
						"aria-pressed": String(this.client === person.client),
						onclick: (event) => this.choose(person, event.currentTarget),
					},
					in_words(person)
				)
			),
			people.length ? "" : nobody
		);
	}

	choose(person, button) {
		this.client = this.client === person.client ? null : person.client;
		for (const one of this.found.querySelectorAll("button")) one.setAttribute("aria-pressed", "false");
		button.setAttribute("aria-pressed", String(Boolean(this.client)));
		this.person.hidden = Boolean(this.client);
	}

	async save() {
		this.message.textContent = "";
		if (!this.case_type.value) return this.complain(__("Choose a case type."), this.case_type);
		if (!this.client && !this.first_name.value) {
			return this.complain(
				__("Choose a client, or fill in a first name for a new one."),
				this.first_name
			);
		}
		if (!this.client && !(await this.is_new_person())) return;
		const made = await call("walk_in.make_case", {
			request: this.request,
			case_type: this.case_type.value,
			client: this.client || "",
			person: this.client ? null : this.new_person(),
		});
		this.on_made(made);
	}

	complain(sentence, field) {
		this.message.textContent = sentence;
		field.focus();
	}

	new_person() {
		return {
			first_name: this.first_name.value,
			last_name: this.last_name.value,
			birth_year: Number(this.birth_year.value) || 0,
			phone: this.phone_field.value,
			preferred_language: this.language,
		};
	}

	/** Show who this may be already; a second press means that it is somebody new. */
	async is_new_person() {
		const person = this.new_person();
		const typed = JSON.stringify(person);
		if (this.seen_doubles === typed) return true;
		const people = await call("people.likely_doubles", {
			full_name: `${person.first_name} ${person.last_name}`.trim(),
			birth_year: person.birth_year,
			phone: person.phone,
		});
		if (!people.length) return true;
		this.seen_doubles = typed;
		this.show_found(people);
		this.message.textContent = __(
			"Is it one of these? Choose that one; or press “Make the case” again for a new client."
		);
		this.found.querySelector("button").focus();
		return false;
	}
}
