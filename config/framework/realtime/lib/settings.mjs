// Which sites are served, under which names, and where the web process and Redis are.

import fs from "node:fs";
import path from "node:path";

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** Settings from the command line, completed from the bench's own. Throws with a sentence when one is missing. */
export function readSettings(given) {
	const common = readJson(path.join(given.sites, "common_site_config.json"));
	const names = given.site ?? [common.default_site].filter(Boolean);
	if (!names.length) {
		throw new Error("No site is named: give --site, or default_site in common_site_config.json.");
	}
	return {
		host: given.host,
		port: portNumber(given.port ?? common.socketio_port),
		redis: given.redis ?? common.redis_queue ?? required("redis_queue or --redis"),
		web: given.web ?? `http://127.0.0.1:${common.webserver_port ?? required("webserver_port or --web")}`,
		sites: names.map((name) => describeSite(name, given.sites, names.length === 1)),
	};
}

/** A site and the host names under which its pages are opened. */
function describeSite(name, folder, isOnly) {
	const { host_name: address, domains = [] } = readJson(path.join(folder, name, "site_config.json"));
	const own = domains.map((domain) => (typeof domain === "string" ? domain : domain.domain));
	const hosts = [name, ...own, ...(address ? [hostName(address)] : []), ...(isOnly ? LOOPBACK : [])];
	return { name, hosts: new Set(hosts.filter(Boolean)) };
}

function hostName(address) {
	return URL.canParse(address) ? new URL(address).hostname : address;
}

function portNumber(value) {
	const port = Number(value);
	if (!Number.isInteger(port) || port < 0 || port > 65535) {
		throw new Error("No port is given: --port, or socketio_port in common_site_config.json.");
	}
	return port;
}

function required(what) {
	throw new Error(`${what} is missing, in common_site_config.json or on the command line.`);
}

function readJson(file) {
	return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
}
