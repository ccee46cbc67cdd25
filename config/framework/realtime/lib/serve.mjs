// The server: one namespace a site, members in rooms, events to the members of a room.

import http from "node:http";
import { Server } from "socket.io";
import { Door } from "./door.mjs";
import { welcome } from "./handlers.mjs";
import { Member } from "./member.mjs";
import { outgoing, viewersRoom } from "./rooms.mjs";
import { Web } from "./web.mjs";

const LONGEST_MESSAGE = 16 * 1024;

/**
 * Listen on `host`:`port` for `sites` ([{name, hosts}]). Returns {port, deliver, close}; `deliver` takes
 * {site, room, event, message}.
 */
export async function startServer({ host = "127.0.0.1", port, sites, web: address, now = Date.now }) {
	const web = new Web(address);
	const door = new Door({ sites, web });
	const server = http.createServer((request, response) => response.writeHead(404).end());
	const io = new Server(server, {
		allowRequest: (request, answer) => door.admit(request, answer),
		connectTimeout: 10_000,
		maxHttpBufferSize: LONGEST_MESSAGE,
		serveClient: false,
	});
	// Every connection passes the root namespace's door; only its own site's namespace is open to it.
	io.use((socket, next) => next(new Error("Name the site")));
	const namespaces = new Map(sites.map(({ name }) => [name, openNamespace(io, name, { web, now })]));
	io.engine.on("connection", (connection) => {
		const { visitor } = connection.request;
		door.entered(visitor);
		connection.once("close", () => door.left(visitor));
	});
	await new Promise((resolve, reject) => server.once("error", reject).listen(port, host, resolve));

	return {
		port: server.address().port,
		deliver(published) {
			const message = outgoing(published);
			const namespace = namespaces.get(published.site);
			if (namespace && message !== null) {
				membersOf(namespace, published.room).forEach((member) =>
					member.send(published.room, published.event, message)
				);
			}
		},
		async close() {
			door.close();
			web.close();
			await io.close();
		},
	};
}

function openNamespace(io, site, { web, now }) {
	const namespace = io.of(`/${site}`);
	namespace.use((socket, next) => {
		next(socket.request.visitor?.site === site ? undefined : new Error("Unknown site"));
	});
	namespace.on("connection", (socket) => {
		const member = new Member(socket, socket.request.visitor, web, now);
		socket.data.member = member;
		const viewers = { tell: (doctype, docname) => tellViewers(namespace, doctype, docname) };
		welcome(member, viewers);
	});
	return namespace;
}

function membersOf(namespace, room) {
	const ids = namespace.adapter.rooms.get(room) ?? new Set();
	return [...ids].map((id) => namespace.sockets.get(id)?.data.member).filter(Boolean);
}

/** Tell everyone who has a document open who else has. */
function tellViewers(namespace, doctype, docname) {
	const room = viewersRoom(doctype, docname);
	const members = membersOf(namespace, room);
	const users = [...new Set(members.map(({ visitor }) => visitor.user))];
	members.forEach((member) => member.send(room, "doc_viewers", { doctype, docname, users }));
}
