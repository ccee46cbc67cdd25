// Where the packages of the lock file are, and where an import without a path is looked up.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const BUILDER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
export const LOCK_FILE = path.join(BUILDER, "..", "package-lock.json");
export const NODE_MODULES = path.join(BUILDER, "..", "node_modules");

/** The bench whose command runs: told by the environment, else two folders above the framework's. */
export function benchFolder() {
	return process.env.FRAPPE_BENCH_ROOT || path.resolve(process.cwd(), "..", "..");
}

/**
 * Folders in which `name/...` is looked up: each app by its name, the builder's packages, and those of an app
 * that brings its own.
 */
export function lookupFolders(bench) {
	const apps = path.join(bench, "apps");
	const roots = fs.readdirSync(apps).map((name) => path.join(apps, name));
	const own = roots.map((root) => path.join(root, "node_modules"));
	return [...roots, NODE_MODULES, ...own].filter((folder) => fs.existsSync(folder));
}
