/** Call a function of this app; GET for reading, POST for all that changes something or names a person. */
export async function call(method, args = {}, type = "POST") {
	const answer = await frappe.call({ method: `lsm_crm.api.${method}`, args, type });
	return answer.message;
}

/** Text as it is, never as markup. */
export function element(tag, attributes = {}, ...children) {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
		else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
	}
	node.append(...children.filter((child) => child !== null && child !== undefined));
	return node;
}

let counter = 0;

export function unique_id(prefix) {
	counter += 1;
	return `lsm-${prefix}-${counter}`;
}
