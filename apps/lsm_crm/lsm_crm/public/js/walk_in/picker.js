import { element, unique_id } from "./call.js";

const SHOWN = 8;

/** Lower case, without marks, so that “energie” finds “Énergie”. */
function plain(text) {
	return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * A searched list: type, Enter picks the first hit, Enter on nothing goes on to the next field.
 * Follows the combobox pattern of WAI-ARIA. `many` keeps each choice as a chip that Backspace takes away again.
 */
export class Picker {
	constructor({ label, options, many = false, required = false, hint = "", on_done = () => {} }) {
		Object.assign(this, { label, options, many, required, hint, on_done });
		this.chosen = [];
		this.hits = [];
		this.active = 0;
		this.render();
	}

	render() {
		const id = unique_id("picker");
		this.list = element("ul", { role: "listbox", id: `${id}-list`, class: "lsm-options", hidden: "" });
		this.chips = element("span", { class: "lsm-chips" });
		this.input = element("input", {
			id,
			type: "text",
			role: "combobox",
			class: "lsm-input",
			autocomplete: "off",
			"aria-autocomplete": "list",
			"aria-expanded": "false",
			"aria-controls": `${id}-list`,
			"aria-required": this.required ? "true" : null,
			placeholder: this.hint,
			oninput: () => this.search(),
			onkeydown: (event) => this.on_key(event),
			onblur: () => this.on_blur(),
		});
		this.status = element("span", { class: "sr-only", role: "status" });
		this.node = element(
			"div",
			{ class: "lsm-field" },
			element("label", { for: id }, this.label, this.required ? " *" : ""),
			element("div", { class: "lsm-box" }, this.chips, this.input),
			this.list,
			this.status
		);
	}

	get values() {
		return this.chosen.map((option) => option.value);
	}

	get value() {
		return this.values[0] || "";
	}

	focus() {
		this.input.focus();
	}

	clear() {
		this.chosen = [];
		this.input.value = "";
		this.show();
		this.close();
	}

	search() {
		const wanted = plain(this.input.value.trim());
		if (!wanted) return this.close();
		const scored = [];
		for (const option of this.options) {
			if (this.values.includes(option.value)) continue;
			const words = plain(`${option.label} ${option.also || ""} ${option.value}`);
			const at = words.indexOf(wanted);
			if (at < 0) continue;
			scored.push([at === 0 ? 0 : words[at - 1] === " " ? 1 : 2, option]);
		}
		scored.sort((a, b) => a[0] - b[0]);
		this.hits = scored.slice(0, SHOWN).map((pair) => pair[1]);
		this.active = 0;
		this.open();
	}

	open() {
		this.list.replaceChildren(
			...this.hits.map((option, index) =>
				element(
					"li",
					{
						role: "option",
						id: `${this.input.id}-${index}`,
						"aria-selected": String(index === this.active),
						onmousedown: (event) => {
							event.preventDefault();
							this.pick(option);
						},
					},
					option.label,
					option.also ? element("span", { class: "lsm-also" }, ` ${option.also}`) : null
				)
			)
		);
		this.list.hidden = !this.hits.length;
		this.input.setAttribute("aria-expanded", String(Boolean(this.hits.length)));
		this.input.setAttribute(
			"aria-activedescendant",
			this.hits.length ? `${this.input.id}-${this.active}` : ""
		);
		this.status.textContent = this.hits.length ? "" : __("Nothing found");
	}

	close() {
		this.hits = [];
		this.list.hidden = true;
		this.input.setAttribute("aria-expanded", "false");
		this.input.removeAttribute("aria-activedescendant");
		this.status.textContent = "";
	}

	move(step) {
		if (!this.hits.length) return;
		this.active = (this.active + step + this.hits.length) % this.hits.length;
		this.open();
	}

	on_key(event) {
		if (event.key === "ArrowDown") this.move(1);
		else if (event.key === "ArrowUp") this.move(-1);
		else if (event.key === "Escape" && this.hits.length) this.close();
		else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
			if (this.hits.length) this.pick(this.hits[this.active]);
			else if (!this.input.value.trim()) this.on_done();
		} else if (event.key === "Backspace" && !this.input.value && this.chosen.length) {
			this.chosen.pop();
			this.show();
			return;
		} else return;
		event.preventDefault();
		event.stopPropagation();
	}

	on_blur() {
		// What was typed and not picked is picked when it can only mean one thing.
		if (this.hits.length === 1) this.pick(this.hits[0], false);
		this.close();
	}

	pick(option, go_on = true) {
		this.chosen = this.many ? [...this.chosen, option] : [option];
		this.input.value = "";
		this.show();
		this.close();
		if (go_on && !this.many) this.on_done();
	}

	set(value) {
		const option = this.options.find((one) => one.value === value);
		if (option) this.pick(option, false);
	}

	show() {
		this.chips.replaceChildren(
			...this.chosen.map((option) =>
				element(
					"span",
					{ class: "lsm-chip" },
					option.label,
					element(
						"button",
						{
							type: "button",
							tabindex: "-1",
							"aria-label": __("Take away {0}", [option.label]),
							onclick: () => {
								this.chosen = this.chosen.filter((one) => one !== option);
								this.show();
								this.focus();
							},
						},
						"×"
					)
				)
			)
		);
	}
}

/** A row of buttons of which one is chosen; arrow keys move as in any radio group. */
export class Choice {
	constructor({ label, options, value }) {
		this.name = unique_id("choice");
		this.inputs = options.map((option) =>
			element("input", {
				type: "radio",
				name: this.name,
				id: unique_id("radio"),
				value: option.value,
				checked: option.value === value ? "" : false,
			})
		);
		this.initial = value;
		this.node = element(
			"fieldset",
			{ class: "lsm-field lsm-choice" },
			element("legend", {}, label),
			...options.map((option, index) =>
				element(
					"span",
					{},
					this.inputs[index],
					element("label", { for: this.inputs[index].id }, option.label)
				)
			)
		);
	}

	get value() {
		return this.inputs.find((input) => input.checked)?.value || "";
	}

	clear() {
		for (const input of this.inputs) input.checked = input.value === this.initial;
	}
}
