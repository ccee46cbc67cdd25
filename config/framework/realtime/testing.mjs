// A stand-in for the web process, and browsers that connect to the server under test.

import http from "node:http";
import { io } from "socket.io-client";
import { startServer } from "./lib/serve.mjs";

export const SITE = "crm.test";

/** Answers the three questions from `sessions` (sid -> user) and `rights` ("user doctype[/docname]"). */
export async function startWeb() {
	const web = { sessions: new Map(), rights: new Set(), asked: [], isAway: false };
	const server = http.createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url, "http://web");
		const method = pathname.split(".").pop();
		const user = web.sessions.get(request.headers.cookie?.replace("sid=", "")) ?? { user: "Guest" };
		web.asked.push({ method, host: request.headers.host, address: request.headers["x-forwarded-for"] });
		const answer = (status, message) => response.writeHead(status).end(JSON.stringify({ message }));
		if (web.isAway) {
			return answer(502);
		}
		if (method === "get_user_info") {
			return answer(200, user);
		}
		const subject = ["doctype", "docname"].map((key) => searchParams.get(key)).filter(Boolean);
		const isAllowed = web.rights.has(`${user.user} ${subject.join("/")}`);
		return isAllowed ? answer(200, true) : answer(403, null);
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	web.address = `http://127.0.0.1:${server.address().port}`;
	web.signIn = (sid, user, userType = "System User") =>
		web.sessions.set(sid, { user, user_type: userType });
	web.close = () => new Promise((resolve) => server.close(resolve));
	return web;
}

/** Server, web process and a clock that tests move; `connect` opens a browser's connection. */
export async function startAll() {
	const web = await startWeb();
	const clock = { ms: 1_000_000 };
	const sites = [{ name: SITE, hosts: new Set([SITE, "127.0.0.1"]) }];
	const server = await startServer({ port: 0, sites, web: web.address, now: () => clock.ms });
	const sockets = [];

	function connect({ sid, namespace = SITE, headers = {}, transports = ["websocket"] } = {}) {
		const socket = io(`http://127.0.0.1:${server.port}/${namespace}`, {
			extraHeaders: { ...(sid && { Cookie: `sid=${sid}` }), ...headers },
			forceNew: true,
			reconnection: false,
			transports,
		});
		sockets.push(socket);
		socket.heard = [];
		socket.onAny((event, message) => socket.heard.push([event, message]));
		return new Promise((resolve, reject) => {
			socket.once("connect", () => resolve(socket));
			socket.once("connect_error", reject);
		});
	}

	async function close() {
		sockets.forEach((socket) => socket.disconnect());
		await server.close();
		await web.close();
	}

	return { web, server, clock, connect, close };
}

/** Wait until `condition` holds; fails after two seconds. */
export async function until(condition) {
	const end = Date.now() + 2000;
	while (!condition()) {
		if (Date.now() > end) {
			throw new Error("what was waited for did not happen");
		}
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/** Long enough for anything that is on its way to arrive. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 60));
