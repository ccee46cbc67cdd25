// Writing the built files, and knowing whether they are still right.

import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { BUILDER, LOCK_FILE } from "./packages.mjs";

const sha256 = (data) => crypto.createHash("sha256").update(data).digest("hex");
// Beside the served folder, not in it.
const stampFile = (assets, app) => path.join(assets, "..", `.assets-${app}.json`);

/** Write `data` so that a reader sees the old file or the new one and never a part. */
export function writeWhole(file, data) {
	fs.mkdirSync(path.dirname(file), { recursive: true });
	const scratch = `${file}.${process.pid}.part`;
	fs.writeFileSync(scratch, data);
	fs.renameSync(scratch, file);
}

export function storeOutput(assets, files) {
	for (const file of files) {
		writeWhole(path.join(assets, file.path), file.contents);
	}
}

export function readStamp(assets, app) {
	try {
		return JSON.parse(fs.readFileSync(stampFile(assets, app), "utf8"));
	} catch {
		return null;
	}
}

/** Are the files of an earlier build there, and made from just these sources, packages and builder? */
export function isCurrent(stamp, { assets, app, bundles, options }) {
	if (!stamp || stamp.builder !== builderDigest(options)) {
		return false;
	}
	const relative = bundles.map((bundle) => path.relative(app.root, bundle));
	if (JSON.stringify(stamp.bundles) !== JSON.stringify(relative)) {
		return false;
	}
	const isSame = ([file, digest]) => {
		const full = path.join(app.root, file);
		return fs.existsSync(full) && sha256(fs.readFileSync(full)) === digest;
	};
	return (
		stamp.files.every((file) => fs.existsSync(path.join(assets, file))) &&
		Object.entries(stamp.inputs).every(isSame)
	);
}

/** Remember what was built from what, and remove what neither this build nor the one before it made. */
export function writeStamp(assets, { app, bundles, built, before }, options) {
	const files = built.files.map((file) => file.path).sort();
	const inputs = built.inputs.map((file) => [path.relative(app.root, file), sha256(fs.readFileSync(file))]);
	const stamp = {
		builder: builderDigest(options),
		bundles: bundles.map((bundle) => path.relative(app.root, bundle)),
		files,
		inputs: Object.fromEntries(inputs),
		map: built.map,
		rtlMap: built.rtlMap,
	};
	// A page that is open still asks for the files of the build before.
	removeOthers(path.join(assets, app.name, "dist"), assets, new Set([...files, ...(before?.files ?? [])]));
	writeWhole(stampFile(assets, app.name), JSON.stringify(stamp, null, "\t") + "\n");
}

function removeOthers(folder, assets, kept) {
	if (!fs.existsSync(folder)) {
		return;
	}
	for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
		const full = path.join(folder, entry.name);
		if (entry.isDirectory()) {
			removeOthers(full, assets, kept);
		} else if (!kept.has(path.relative(assets, full))) {
			fs.unlinkSync(full);
		}
	}
}

/** Digest over the builder's own source, the packages' lock file and the kind of build. */
function builderDigest({ development }) {
	const modules = fs.readdirSync(path.join(BUILDER, "lib")).sort();
	const sources = ["build.mjs", ...modules.map((name) => path.join("lib", name))].map((name) =>
		path.join(BUILDER, name)
	);
	const parts = [LOCK_FILE, ...sources].map((file) => sha256(fs.readFileSync(file)));
	return sha256([...parts, development ? "development" : "production"].join("\n"));
}
