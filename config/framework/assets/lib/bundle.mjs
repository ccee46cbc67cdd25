// Turns an app's bundles into scripts, styles and right-to-left styles with esbuild.

import fs from "node:fs";
import path from "node:path";
import esbuild from "esbuild";
import { lookupFolders, NODE_MODULES } from "./packages.mjs";
import { htmlPlugin } from "./html.mjs";
import { makeStyleCompiler, stylePlugin } from "./styles.mjs";
import { injectedStylePlugin } from "./inject.mjs";
import { vuePlugin } from "./vue.mjs";

const SCRIPT_TARGET = ["es2017"];
const STYLE_TARGET = ["chrome80", "firefox78", "safari13"];
const IS_STYLE = /\.(css|scss|sass)$/;

/**
 * Build the bundles of one app.
 *
 * Returns `files` ([{path, contents}], path relative to sites/assets), `map` and `rtlMap` (bundle -> address) and
 * `inputs` (every file of the bench that was read, absolute).
 */
export async function bundleApp({ bench, app, bundles, development }) {
	const folders = lookupFolders(bench);
	const compiler = makeStyleCompiler(folders);
	const scripts = bundles.filter((bundle) => !IS_STYLE.test(bundle));
	const styles = bundles.filter((bundle) => IS_STYLE.test(bundle));
	const base = baseOptions({ bench, folders, development });
	const results = await Promise.all([
		buildScripts({ app, scripts, base, compiler, folders, development }),
		buildStyles({ app, styles, base, compiler, rtl: false }),
		buildStyles({ app, styles, base, compiler, rtl: true }),
	]);
	const [js, css, rtl] = results;
	return {
		files: results.flatMap((result) => outputFiles(result, base.outdir)),
		map: { ...addresses(js, base), ...addresses(css, base) },
		rtlMap: addresses(rtl, base, "rtl_"),
		inputs: readFiles(results, compiler, base),
	};
}

function baseOptions({ bench, folders, development }) {
	return {
		// The repository, also for a bench that borrows its apps by a link: so both build the same names.
		absWorkingDir: path.dirname(fs.realpathSync(path.join(bench, "apps"))),
		assetNames: "[dir]/[name].[hash]",
		bundle: true,
		entryNames: "[dir]/[name].[hash]",
		// Addresses of the site itself stay as they are.
		external: ["/assets/*", "/files/*"],
		loader: {
			".png": "file",
			".jpg": "file",
			".gif": "file",
			".svg": "file",
			".woff": "file",
			".woff2": "file",
		},
		logLevel: "warning",
		logOverride: {
			"direct-eval": "silent",
			"css-syntax-error": "silent",
			"duplicate-object-key": "silent",
		},
		metafile: true,
		minify: !development,
		nodePaths: folders,
		outdir: path.join(bench, "sites", "assets"),
		sourcemap: development ? "inline" : false,
		write: false,
	};
}

function buildScripts({ app, scripts, base, compiler, folders, development }) {
	return esbuild.build({
		...base,
		define: {
			"process.env.NODE_ENV": JSON.stringify(development ? "development" : "production"),
			__VUE_OPTIONS_API__: "true",
			__VUE_PROD_DEVTOOLS__: "false",
			__VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
		},
		entryPoints: entryPoints(app, scripts, "js"),
		plugins: [htmlPlugin(), vuePlugin(compiler, development), injectedStylePlugin(compiler, folders)],
		target: SCRIPT_TARGET,
	});
}

function buildStyles({ app, styles, base, compiler, rtl }) {
	return esbuild.build({
		...base,
		assetNames: `${app.name}/dist/media/[name].[hash]`,
		entryPoints: entryPoints(app, styles, rtl ? "css-rtl" : "css"),
		plugins: [stylePlugin(compiler, { rtl })],
		target: STYLE_TARGET,
	});
}

function entryPoints(app, bundles, folder) {
	return bundles.map((bundle) => ({
		in: bundle,
		out: path.join(app.name, "dist", folder, path.basename(bundle).replace(/\.[a-z]+$/, "")),
	}));
}

function outputFiles(result, outdir) {
	return result.outputFiles.map((file) => ({
		path: path.relative(outdir, file.path),
		contents: file.contents,
	}));
}

function addresses(result, base, prefix = "") {
	const map = {};
	for (const [output, { entryPoint }] of Object.entries(result.metafile.outputs)) {
		if (!entryPoint) {
			continue;
		}
		const address = path.relative(base.outdir, path.resolve(base.absWorkingDir, output));
		const name = path.basename(entryPoint).replace(/\.[a-z]+$/, path.extname(output));
		map[prefix + name] = `/assets/${address}`;
	}
	return map;
}

function readFiles(results, compiler, base) {
	const inputs = new Set(compiler.loaded());
	for (const result of results) {
		for (const input of Object.keys(result.metafile.inputs)) {
			inputs.add(path.resolve(base.absWorkingDir, input.replace(/^[a-z-]+:/, "")));
		}
	}
	// What comes from packages is fixed by the lock file.
	return [...inputs]
		.filter((file) => !file.startsWith(NODE_MODULES + path.sep) && fs.existsSync(file))
		.sort();
}
