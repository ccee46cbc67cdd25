// assets.json and assets-rtl.json, from which the framework takes a bundle's address.

import fs from "node:fs";
import path from "node:path";
import { writeWhole } from "./output.mjs";

/** Write both maps: each built or unchanged app's entries, and those of apps that were not asked for. */
export function writeMaps(assets, results) {
	const maps = [...results.values()].map(({ built, map, rtlMap }) => built ?? { map, rtlMap });
	const names = [...results.keys()];
	writeMap(
		path.join(assets, "assets.json"),
		names,
		maps.map(({ map }) => map)
	);
	writeMap(
		path.join(assets, "assets-rtl.json"),
		names,
		maps.map(({ rtlMap }) => rtlMap)
	);
}

function writeMap(file, apps, maps) {
	const before = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
	const kept = Object.entries(parse(before)).filter(([, address]) => !apps.includes(address.split("/")[2]));
	const entries = [...kept, ...maps.flatMap((map) => Object.entries(map))];
	const after =
		JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))), null, 4) + "\n";
	if (after !== before) {
		writeWhole(file, after);
	}
}

function parse(text) {
	try {
		return JSON.parse(text || "{}");
	} catch {
		// A damaged map is written anew.
		return {};
	}
}
