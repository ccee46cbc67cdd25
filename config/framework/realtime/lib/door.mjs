// Who may connect at all: decided before a connection takes any room.

import { WebAway } from "./web.mjs";

const SESSION = /^[A-Za-z0-9_-]{8,140}$/;
const MOST_TRIES_A_MINUTE = 300;
const MOST_ADDRESSES = 10_000;
const MOST_CONNECTIONS = 2000;
const MOST_PER_SESSION = 20;

export class Door {
	constructor({ sites, web }) {
		this.sites = sites;
		this.web = web;
		this.tries = new Map();
		this.perSession = new Map();
		this.count = 0;
		this.minute = setInterval(() => this.tries.clear(), 60_000);
		this.minute.unref();
	}

	/** For socket.io's `allowRequest`: sets `request.visitor` or refuses with 403 and a reason. */
	async admit(request, answer) {
		try {
			request.visitor = await this.check(request);
			answer(null, true);
		} catch (error) {
			answer(error instanceof WebAway ? "The site does not answer" : error.message, false);
		}
	}

	async check(request) {
		const address =
			request.headers["x-forwarded-for"]?.split(",").pop().trim() || request.socket.remoteAddress;
		this.countTry(address);
		const site = this.siteOf(request);
		refuseForeignOrigin(request, site);
		const sid = readSession(request.headers.cookie);
		if (this.count >= MOST_CONNECTIONS || (this.perSession.get(sid) ?? 0) >= MOST_PER_SESSION) {
			throw new Error("Too many connections");
		}
		const visitor = { site: site.name, sid, address };
		const who = await this.web.whoIs(visitor);
		if (!who) {
			throw new Error("Not signed in");
		}
		return { ...visitor, ...who };
	}

	/** The configured site for which the request came. Its Host header chooses among them and names no other. */
	siteOf(request) {
		const host = parseUrl(`http://${request.headers.host}`)?.hostname;
		const site = this.sites.find(({ hosts }) => hosts.has(host));
		if (!site) {
			throw new Error("Unknown site");
		}
		return site;
	}

	countTry(address) {
		const tries = (this.tries.get(address) ?? 0) + 1;
		if (tries > MOST_TRIES_A_MINUTE || this.tries.size >= MOST_ADDRESSES) {
			throw new Error("Too many tries");
		}
		this.tries.set(address, tries);
	}

	entered({ sid }) {
		this.count += 1;
		this.perSession.set(sid, (this.perSession.get(sid) ?? 0) + 1);
	}

	left({ sid }) {
		this.count -= 1;
		const rest = this.perSession.get(sid) - 1;
		if (rest > 0) {
			this.perSession.set(sid, rest);
		} else {
			this.perSession.delete(sid);
		}
	}

	close() {
		clearInterval(this.minute);
	}
}

/** Pages of other sites must not use the visitor's cookie. The front process tells under which host the page is. */
function refuseForeignOrigin({ headers }, site) {
	const fetchSite = headers["sec-fetch-site"];
	if (fetchSite && !["same-origin", "none"].includes(fetchSite)) {
		throw new Error("Foreign origin");
	}
	if (headers.origin === undefined) {
		return;
	}
	const origin = parseUrl(headers.origin);
	const front = headers["x-forwarded-host"];
	const isOwn = origin && (front ? origin.host === front : site.hosts.has(origin.hostname));
	if (!isOwn) {
		throw new Error("Foreign origin");
	}
}

const parseUrl = (text) => (URL.canParse(text) ? new URL(text) : null);

function readSession(cookies = "") {
	const found = cookies
		.split(";")
		.map((cookie) => cookie.trim())
		.filter((cookie) => cookie.startsWith("sid="));
	const sid = found.length === 1 ? found[0].slice("sid=".length) : "";
	if (!SESSION.test(sid)) {
		throw new Error("Not signed in");
	}
	return sid;
}
