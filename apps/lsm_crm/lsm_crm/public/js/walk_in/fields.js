import { element, unique_id } from "./call.js";

/** A plain field with its label. */
export class Field {
	constructor({ label, type = "text", value = "", rows = 0, required = false, inputmode = null }) {
		const id = unique_id("field");
		this.initial = value;
		const shared = { id, class: "lsm-input", "aria-required": required ? "true" : null };
		this.input = rows
			? element("textarea", { ...shared, rows })
			: element("input", { ...shared, type, inputmode, autocomplete: "off" });
		if (type === "checkbox") this.input.classList.remove("lsm-input");
		this.clear();
		const text = element("label", { for: id }, label, required ? " *" : "");
		this.node = element(
			"div",
			{ class: type === "checkbox" ? "lsm-field lsm-check" : "lsm-field" },
			...(type === "checkbox" ? [this.input, text] : [text, this.input])
		);
	}

	get value() {
		return this.input.type === "checkbox" ? Number(this.input.checked) : this.input.value.trim();
	}

	clear() {
		if (this.input.type === "checkbox") this.input.checked = Boolean(this.initial);
		else this.input.value = this.initial;
	}

	focus() {
		this.input.focus();
	}
}
