// What is on the bench: its apps, their bundles, and the links from sites/assets to them.

import fs from "node:fs";
import path from "node:path";
import { NODE_MODULES } from "./packages.mjs";

const BUNDLE = /\.bundle\.(js|ts|css|scss|sass)$/;
const NOT_SOURCE = new Set(["dist", "node_modules"]);

// What the framework's pages load from node_modules while they run; nothing else of it is served.
const SERVED_PACKAGES = {
	frappe: [
		"ace-builds/src-min-noconflict",
		"ace-builds/src-noconflict",
		"frappe-gantt/dist",
		"html5-qrcode/html5-qrcode.min.js",
		"js-sha256/build",
		"qz-tray/qz-tray.js",
	],
};

/** The apps below `bench`/apps that have a `public` folder: those asked for, or all of sites/apps.txt. */
export function findApps(bench, wanted = []) {
	const list = path.join(bench, "sites", "apps.txt");
	const names = fs.existsSync(list)
		? fs.readFileSync(list, "utf8").split(/\s+/).filter(Boolean)
		: fs.readdirSync(path.join(bench, "apps"));
	const apps = names
		.map((name) => ({ name, root: path.join(bench, "apps", name) }))
		.map((app) => ({ ...app, public: path.join(app.root, app.name, "public") }))
		.filter((app) => fs.existsSync(app.public));
	const unknown = wanted.filter((name) => !apps.some((app) => app.name === name));
	if (unknown.length) {
		throw new Error(`No app on this bench with a public folder is called ${unknown.join(" or ")}.`);
	}
	if (!apps.length) {
		throw new Error(`${path.join(bench, "apps")} holds no app with a public folder.`);
	}
	return wanted.length ? apps.filter((app) => wanted.includes(app.name)) : apps;
}

/** Paths of the app's bundles, sorted. */
export function findBundles(app) {
	const found = [];
	const walk = (folder) => {
		for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
			if (entry.isDirectory() && !NOT_SOURCE.has(entry.name)) {
				walk(path.join(folder, entry.name));
			} else if (entry.isFile() && BUNDLE.test(entry.name)) {
				found.push(path.join(folder, entry.name));
			}
		}
	};
	walk(app.public);
	refuseSameNames(app, found);
	return found.sort();
}

function refuseSameNames(app, bundles) {
	const seen = new Map();
	for (const bundle of bundles) {
		const name = path
			.basename(bundle)
			.replace(/\.(scss|sass)$/, ".css")
			.replace(/\.ts$/, ".js");
		if (seen.has(name)) {
			throw new Error(`${app.name} has two bundles called ${name}: ${seen.get(name)} and ${bundle}.`);
		}
		seen.set(name, bundle);
	}
}

/**
 * Make sites/assets/<app> a folder of links to the entries of the app's `public`. A folder and not one link,
 * so that what is built stays out of the source.
 */
export function linkPublic(app, assets) {
	const folder = path.join(assets, app.name);
	if (fs.lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
		fs.unlinkSync(folder);
	}
	fs.mkdirSync(folder, { recursive: true });
	const wanted = new Map(
		fs
			.readdirSync(app.public)
			.filter((name) => !NOT_SOURCE.has(name))
			.map((name) => [name, path.join(app.public, name)])
	);
	for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
		if (entry.isSymbolicLink() && !wanted.has(entry.name)) {
			fs.unlinkSync(path.join(folder, entry.name));
		}
	}
	wanted.forEach((target, name) => link(target, path.join(folder, name)));
	linkPackages(app, folder);
}

function linkPackages(app, folder) {
	for (const wanted of SERVED_PACKAGES[app.name] ?? []) {
		// The scanner asks for dist/, which the package dropped.
		const place = wanted.replace(/^html5-qrcode\//, "html5-qrcode/dist/");
		const target = path.join(NODE_MODULES, wanted);
		if (!fs.existsSync(target)) {
			throw new Error(`The package file ${wanted} is missing; run npm ci in config/framework.`);
		}
		link(target, path.join(folder, "node_modules", place));
	}
}

function link(target, place) {
	fs.mkdirSync(path.dirname(place), { recursive: true });
	const relative = path.relative(fs.realpathSync(path.dirname(place)), fs.realpathSync(target));
	const there = fs.lstatSync(place, { throwIfNoEntry: false });
	if (there?.isSymbolicLink() && fs.readlinkSync(place) === relative) {
		return;
	}
	if (there) {
		fs.rmSync(place, { recursive: true });
	}
	fs.symlinkSync(relative, place);
}
