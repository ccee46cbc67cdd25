/* Makes a form nicer where there is JavaScript; everything works without it. */
(() => {
	"use strict";
	const form = document.getElementById("form");
	if (!form) return;
	const status = document.getElementById("status");

	const summary = document.getElementById("summary");
	if (summary) summary.focus();

	/* Show-when: the same tree that the server evaluates. */
	const answer = (name) => {
		const inputs = [...form.querySelectorAll(`[name="f-${CSS.escape(name)}"]`)];
		if (!inputs.length) return undefined;
		if (inputs[0].type === "radio") return (inputs.find((input) => input.checked) || {}).value || null;
		if (inputs[0].type === "checkbox") return inputs.some((input) => input.checked) ? "1" : null;
		return inputs[0].value || null;
	};
	const empty = (value) =>
		value === null || value === undefined || value === "" || value === 0 || value === false;
	const same = (a, b) =>
		(empty(a) && empty(b)) || String(a === true ? 1 : a) === String(b === true ? 1 : b);
	const compare = {
		"==": same,
		"!=": (a, b) => !same(a, b),
		"<": (a, b) => Number(a) < Number(b),
		">": (a, b) => Number(a) > Number(b),
		"<=": (a, b) => Number(a) <= Number(b),
		">=": (a, b) => Number(a) >= Number(b),
	};
	let unknown;
	const field = (name) => {
		const value = answer(name);
		if (value === undefined) unknown = true;
		return value;
	};
	const evaluators = {
		value: (value) => value,
		list: (...items) => items,
		field,
		not: (part) => !evaluate(part),
		and: (left, right) => evaluate(left) && evaluate(right),
		or: (left, right) => evaluate(left) || evaluate(right),
		includes: (list, item) => (evaluate(list) || []).some((one) => same(one, evaluate(item))),
		compare: (operator, left, right) => compare[operator](evaluate(left), evaluate(right)),
	};
	const evaluate = ([kind, ...parts]) => evaluators[kind](...parts);
	const conditional = [...form.querySelectorAll("[data-when]")];
	const refresh = () => {
		for (const element of conditional) {
			unknown = false;
			const shown = evaluate(JSON.parse(element.dataset.when));
			/* A field of an earlier step is not on this page: the server has decided already. */
			element.classList.toggle("away", !unknown && !shown);
		}
	};
	form.addEventListener("change", refresh);
	form.addEventListener("input", refresh);
	refresh();

	/* A file that is too big is told before it is sent over a slow line. */
	form.addEventListener("change", (event) => {
		const input = event.target;
		if (input.type !== "file" || !input.files.length) return;
		const tooBig = input.files[0].size > Number(form.dataset.maxMegabytes) * 1024 * 1024;
		status.textContent = tooBig ? form.dataset.tooBig : "";
		if (tooBig) input.value = "";
	});

	/* Ask for the connection before leaving: without one the browser would show its own error page. */
	let leaving = false;
	form.addEventListener("submit", async (event) => {
		const button = event.submitter;
		if (!leaving && !button) return;
		event.preventDefault();
		if (leaving) return;
		leaving = true;
		status.textContent = form.dataset.sending;
		try {
			await fetch("/robots.txt", {
				method: "HEAD",
				cache: "no-store",
				signal: AbortSignal.timeout(15000),
			});
		} catch {
			leaving = false;
			status.textContent = form.dataset.offline;
			button.focus();
			return;
		}
		const action = document.createElement("input");
		action.type = "hidden";
		action.name = button.name;
		action.value = button.value;
		form.append(action);
		if (button.hasAttribute("formaction")) form.action = button.formAction;
		form.submit();
	});
	/* Back from the browser's memory: the page may be sent again. */
	window.addEventListener("pageshow", (event) => {
		if (!event.persisted) return;
		leaving = false;
		status.textContent = "";
		for (const extra of form.querySelectorAll('input[type="hidden"][name="action"]')) extra.remove();
		refresh();
	});
})();
