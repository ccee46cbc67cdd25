// An imported .html file becomes a template of the framework: frappe.templates["name"] = "...".

import fs from "node:fs/promises";
import path from "node:path";

export function htmlPlugin() {
	return {
		name: "framework-template",
		setup(build) {
			build.onLoad({ filter: /\.html$/ }, async ({ path: file }) => {
				const content = await fs.readFile(file, "utf8");
				const [name] = path.basename(file).split(".");
				return {
					contents: `frappe.templates[${JSON.stringify(name)}] = ${JSON.stringify(content)};`,
					loader: "js",
				};
			});
		},
	};
}
