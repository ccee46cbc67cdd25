// SCSS and CSS: sass, then (for the right-to-left set) rtlcss, then autoprefixer.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import autoprefixer from "autoprefixer";
import postcss from "postcss";
import rtlcss from "rtlcss";
import * as sass from "sass";

/** A compiler that remembers each file's result, since both writing directions start from the same one. */
export function makeStyleCompiler(folders) {
	const compiled = new Map();
	const loaded = new Set();
	const options = {
		importers: [{ findFileUrl: (url) => findPackageFile(url, folders) }],
		loadPaths: folders,
		// Deprecations are the framework's to mend; without `verbose` sass would still count them.
		logger: { warn: (message, { deprecation }) => deprecation || console.warn(message) },
		verbose: true,
	};

	function remember(result) {
		result.loadedUrls
			.filter((url) => url.protocol === "file:")
			.forEach((url) => loaded.add(fileURLToPath(url)));
		return result.css;
	}

	return {
		loaded: () => loaded,
		/** CSS text of a .css, .scss or .sass file. */
		file(file) {
			if (!compiled.has(file)) {
				loaded.add(file);
				const isCss = file.endsWith(".css");
				compiled.set(
					file,
					isCss ? fs.readFileSync(file, "utf8") : remember(sass.compile(file, options))
				);
			}
			return compiled.get(file);
		},
		/** CSS text of a style block inside `file`. */
		block(source, file, lang) {
			if (!lang || lang === "css") {
				return source;
			}
			const syntax = lang === "sass" ? "indented" : "scss";
			return remember(sass.compileString(source, { ...options, url: pathToFileURL(file), syntax }));
		},
	};
}

/** `~package/path` and `package/path`: the first folder that has the package; sass finds the file from there. */
function findPackageFile(url, folders) {
	if (!url.startsWith("~")) {
		return null;
	}
	const wanted = url.slice(1);
	const parts = wanted.split("/");
	const name = wanted.startsWith("@") ? path.join(parts[0], parts[1]) : parts[0];
	const folder = folders.find((candidate) => fs.existsSync(path.join(candidate, name)));
	return folder ? pathToFileURL(path.join(folder, wanted)) : null;
}

/** Vendor prefixes, and for `rtl` everything mirrored. */
export async function finish(css, file, { rtl = false } = {}) {
	const plugins = rtl ? [rtlcss(), autoprefixer()] : [autoprefixer()];
	return (await postcss(plugins).process(css, { from: file, map: false })).css;
}

/** For style bundles: what esbuild reads has been compiled. */
export function stylePlugin(compiler, { rtl }) {
	return {
		name: "styles",
		setup(build) {
			build.onLoad({ filter: /\.(css|scss|sass)$/ }, async ({ path: file }) => ({
				contents: await finish(compiler.file(file), file, { rtl }),
				loader: "css",
				resolveDir: path.dirname(file),
			}));
		},
	};
}
