// What the framework expects beside its Python package and the obtained one lacks: the scripts behind `bench build` and
// behind website themes. They stand in apps/frappe, outside the package, and lead to this builder.

import fs from "node:fs";
import path from "node:path";

const FINDER = `// Written by the asset builder, since the obtained framework comes without: runs a script of the builder.
const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");

module.exports = function run(name) {
	const script = path.join("config", "framework", "assets", name);
	for (let folder = __dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
		if (fs.existsSync(path.join(folder, script))) {
			return import(pathToFileURL(path.join(folder, script)));
		}
	}
	throw new Error(\`\${script} is in no folder above \${__dirname}\`);
};
`;

const PACKAGE = {
	name: "frappe-framework",
	private: true,
	description: "Written by the asset builder, since the obtained framework comes without",
	scripts: {
		build: "node bench_build.js --development",
		production: "node bench_build.js",
	},
};

const FILES = {
	"package.json": JSON.stringify(PACKAGE, null, "\t") + "\n",
	"lsm_builder.js": FINDER,
	"bench_build.js": 'require("./lsm_builder.js")("bench.mjs");\n',
	"generate_bootstrap_theme.js": 'require("./lsm_builder.js")("theme.mjs");\n',
};

/** Write what is missing into `root` (apps/frappe); a framework that brings its own keeps it. */
export function supplement(root) {
	const isOurs = fs.existsSync(path.join(root, "lsm_builder.js"));
	const bringsItsOwn = !isOurs && fs.existsSync(path.join(root, "package.json"));
	if (bringsItsOwn || !fs.existsSync(root)) {
		return;
	}
	for (const [name, text] of Object.entries(FILES)) {
		const file = path.join(root, name);
		if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== text) {
			fs.writeFileSync(file, text);
		}
	}
}
