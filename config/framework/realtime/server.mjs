#!/usr/bin/env node
// Carries the framework's realtime events from Redis to the browsers of those who may see them.
//
//   node server.mjs --port 8002 --site lsm.localhost [--site ...] --web http://127.0.0.1:8001 --redis redis://127.0.0.1:8005
//
// What is left out is read from common_site_config.json in the folder it runs in (a bench's sites), or --sites.

import { parseArgs } from "node:util";
import { readSettings } from "./lib/settings.mjs";
import { subscribe } from "./lib/events.mjs";
import { startServer } from "./lib/serve.mjs";

function readArguments() {
	const { values } = parseArgs({
		options: {
			host: { type: "string", default: "127.0.0.1" },
			port: { type: "string" },
			redis: { type: "string" },
			site: { type: "string", multiple: true },
			sites: { type: "string", default: "." },
			web: { type: "string" },
		},
	});
	return values;
}

try {
	const settings = readSettings(readArguments());
	const server = await startServer(settings);
	const events = subscribe(settings.redis, server.deliver);
	console.log(
		`Realtime listens on ${settings.host}:${server.port} for ${settings.sites.map((site) => site.name).join(", ")}`
	);
	for (const signal of ["SIGINT", "SIGTERM"]) {
		process.once(signal, async () => {
			events.close();
			await server.close();
			process.exit(0);
		});
	}
} catch (error) {
	console.error(error.message);
	process.exit(1);
}
