// A running site keeps the map of bundles in its cache; after a build it must read the new one.

import fs from "node:fs";
import path from "node:path";

/** Delete the cached map. A cache that is not running has none. */
export async function forgetCachedMap(sites) {
	const file = path.join(sites, "common_site_config.json");
	const url = fs.existsSync(file) && JSON.parse(fs.readFileSync(file, "utf8")).redis_cache;
	if (!url) {
		return;
	}
	const { createClient } = await import("redis");
	const client = createClient({ url, socket: { connectTimeout: 1000, reconnectStrategy: false } });
	client.on("error", () => {});
	try {
		await client.connect();
		await client.del("assets_json");
	} catch {
		return;
	} finally {
		client.destroy();
	}
}
