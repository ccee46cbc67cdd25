#!/usr/bin/env node
// Builds every *.bundle.{js,ts,css,scss} of each app and writes what the framework reads to find them.
//
//   node build.mjs --bench FOLDER [--app NAME]... [--force] [--development]
//
// FOLDER holds apps/ and sites/. Output: sites/assets/<app>/dist/{js,css,css-rtl} with the content's hash in
// each name, sites/assets/assets.json and assets-rtl.json (bundle -> address), and links from sites/assets/<app>
// to what the app's `public` holds. An app whose sources, packages and builder are unchanged is skipped.

import path from "node:path";
import { parseArgs } from "node:util";
import { bundleApp } from "./lib/bundle.mjs";
import { findApps, findBundles, linkPublic } from "./lib/apps.mjs";
import { forgetCachedMap } from "./lib/cache.mjs";
import { writeMaps } from "./lib/maps.mjs";
import { withLock } from "./lib/lock.mjs";
import { supplement } from "./lib/supplement.mjs";
import { isCurrent, readStamp, storeOutput, writeStamp } from "./lib/output.mjs";

const USAGE = "Usage: node build.mjs --bench FOLDER [--app NAME]... [--force] [--development]";

function readArguments() {
	const { values } = parseArgs({
		options: {
			bench: { type: "string" },
			app: { type: "string", multiple: true },
			force: { type: "boolean", default: false },
			development: { type: "boolean", default: false },
		},
	});
	if (!values.bench) {
		throw new Error(`--bench is missing. ${USAGE}`);
	}
	return values;
}

async function buildApp(bench, app, options) {
	const assets = path.join(bench, "sites", "assets");
	linkPublic(app, assets);
	const bundles = findBundles(app);
	const before = readStamp(assets, app.name);
	if (!options.force && isCurrent(before, { assets, app, bundles, options })) {
		console.log(`${app.name}: unchanged`);
		return before;
	}
	const began = Date.now();
	console.log(`${app.name}: building ${bundles.length} bundles`);
	const built = await bundleApp({ bench, app, bundles, development: options.development });
	storeOutput(assets, built.files);
	const seconds = ((Date.now() - began) / 1000).toFixed(1);
	console.log(`${app.name}: ${built.files.length} files in ${seconds} s`);
	return { app, bundles, built, before, isNew: true };
}

async function main() {
	const options = readArguments();
	const bench = path.resolve(options.bench);
	const assets = path.join(bench, "sites", "assets");
	const apps = findApps(bench, options.app);
	supplement(path.join(bench, "apps", "frappe"));
	await withLock(path.join(bench, "sites", ".assets.lock"), async () => {
		const results = new Map();
		for (const app of apps) {
			results.set(app.name, await buildApp(bench, app, options));
		}
		// The map changes only when every file it names is in place; what it named before goes afterwards.
		writeMaps(assets, results);
		const changed = [...results.values()].filter((result) => result.isNew);
		changed.forEach((result) => writeStamp(assets, result, options));
		if (changed.length) {
			await forgetCachedMap(path.join(bench, "sites"));
		}
	});
}

try {
	await main();
} catch (error) {
	// esbuild has printed its own messages, with file and line.
	console.error(
		error.errors ? `Building failed: ${error.errors.length} error(s), see above.` : error.message
	);
	process.exitCode = 1;
}
