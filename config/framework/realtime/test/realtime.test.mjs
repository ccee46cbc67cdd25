import assert from "node:assert/strict";
import http from "node:http";
import { afterEach, beforeEach, describe, test } from "node:test";
import { passOn } from "../lib/events.mjs";
import { SITE, settle, startAll, until } from "../testing.mjs";

const ANNA = "anna-session";
let all;

beforeEach(async () => {
	all = await startAll();
	all.web.signIn(ANNA, "anna@example.org");
});
afterEach(() => all.close());

const publish = (room, event, message, site = SITE) => all.server.deliver({ room, event, message, site });

/** Ask to join and wait until the framework was asked `method` about it. */
async function ask(socket, method, ...event) {
	const before = all.web.asked.filter((asked) => asked.method === method).length;
	socket.emit(...event);
	await until(() => all.web.asked.filter((asked) => asked.method === method).length > before);
	await settle();
}

describe("connecting", () => {
	const refused = {
		"without a cookie": {},
		"with a session nobody has": { sid: "unknown-session" },
		"with two sessions": { headers: { Cookie: `sid=${ANNA}; sid=other-session` } },
		"with a session that is no session's form": { sid: "../../x" },
		"from a page of another site": { sid: ANNA, headers: { Origin: "http://evil.test" } },
		"from a page of the same host at another port": {
			sid: ANNA,
			headers: { Origin: "http://crm.test:9999", "X-Forwarded-Host": "crm.test:8000" },
		},
		"by a script of another site": { sid: ANNA, headers: { "Sec-Fetch-Site": "cross-site" } },
		"to another site's namespace": { sid: ANNA, namespace: "other.test" },
		"to the root namespace": { sid: ANNA, namespace: "" },
	};
	for (const [how, options] of Object.entries(refused)) {
		test(`${how} is refused`, async () => {
			await assert.rejects(all.connect(options));
			await assert.rejects(all.connect({ ...options, transports: ["polling"] }));
		});
	}

	test("under a host name that is no site's is refused", async () => {
		const status = await new Promise((resolve) => {
			const headers = { Cookie: `sid=${ANNA}`, Host: "other.test" };
			const address = { port: all.server.port, path: "/socket.io/?EIO=4&transport=polling", headers };
			http.get(address, (response) => resolve(response.resume().statusCode));
		});
		assert.equal(status, 403);
		assert.deepEqual(all.web.asked, []);
	});

	test("with a session and from one's own page works, by both transports", async () => {
		const origin = { Origin: "http://crm.test:8000", "X-Forwarded-Host": "crm.test:8000" };
		assert.ok((await all.connect({ sid: ANNA, headers: origin })).connected);
		assert.ok((await all.connect({ sid: ANNA, transports: ["polling"] })).connected);
	});

	test("while the site is away is refused", async () => {
		all.web.isAway = true;
		await assert.rejects(all.connect({ sid: ANNA }));
	});

	test("asks the site by its own name and passes the visitor's address on", async () => {
		await all.connect({ sid: ANNA, headers: { "X-Forwarded-For": "192.0.2.7" } });
		assert.deepEqual(all.web.asked[0], { method: "get_user_info", host: SITE, address: "192.0.2.7" });
	});

	test("more than twenty times with one session is refused, and again allowed after one left", async () => {
		const sockets = [];
		for (let count = 0; count < 20; count++) {
			sockets.push(await all.connect({ sid: ANNA }));
		}
		await assert.rejects(all.connect({ sid: ANNA }));
		sockets[0].disconnect();
		await settle();
		assert.ok(await all.connect({ sid: ANNA }));
	});
});

describe("rooms", () => {
	test("one's own events arrive, another's do not", async () => {
		all.web.signIn("bram-session", "bram@example.org");
		const [anna, bram] = [await all.connect({ sid: ANNA }), await all.connect({ sid: "bram-session" })];
		publish("user:anna@example.org", "notification", { seen: 0 });
		await until(() => anna.heard.length);
		await settle();
		assert.deepEqual(anna.heard, [["notification", { seen: 0 }]]);
		assert.deepEqual(bram.heard, []);
	});

	test("a document's events arrive only with the right to read it", async () => {
		const anna = await all.connect({ sid: ANNA });
		all.web.rights.add("anna@example.org Case/CASE-1");
		await ask(anna, "can_subscribe_doc", "doc_subscribe", "Case", "CASE-1");
		await ask(anna, "can_subscribe_doc", "doc_subscribe", "Case", "CASE-2");
		publish("doc:Case/CASE-2", "doc_update", { name: "CASE-2" });
		publish("doc:Case/CASE-1", "doc_update", { name: "CASE-1" });
		await until(() => anna.heard.length);
		assert.deepEqual(anna.heard, [["doc_update", { name: "CASE-1" }]]);
	});

	test("a list's events arrive only with the right to the DocType, and name nobody", async () => {
		const anna = await all.connect({ sid: ANNA });
		all.web.rights.add("anna@example.org Case");
		await ask(anna, "can_subscribe_doctype", "doctype_subscribe", "Case");
		await ask(anna, "can_subscribe_doctype", "doctype_subscribe", "Client");
		publish("doctype:Client", "list_update", { doctype: "Client", name: "CL-1", user: "x" });
		publish("doctype:Case", "other_event", { secret: 1 });
		publish("doctype:Case", "list_update", { doctype: "Case", name: "CASE-1", user: "bram@example.org" });
		await until(() => anna.heard.length);
		assert.deepEqual(anna.heard, [["list_update", { doctype: "Case", name: "CASE-1" }]]);
	});

	test("what is told to all reaches staff, and only events that hold nothing of anybody", async () => {
		all.web.signIn("volunteer-session", "vera@example.org", "Website User");
		const [anna, vera] = [
			await all.connect({ sid: ANNA }),
			await all.connect({ sid: "volunteer-session" }),
		];
		publish("all", "new_message", { content: "private" });
		publish("website", "publish_message", { template: "private" });
		publish("all", "version-update", {});
		await until(() => anna.heard.length);
		await settle();
		assert.deepEqual(anna.heard, [["version-update", {}]]);
		assert.deepEqual(vera.heard, []);
	});

	test("a task's progress arrives for who knows its number", async () => {
		const anna = await all.connect({ sid: ANNA });
		anna.emit("task_subscribe", "3f1c2d4e-aaaa");
		anna.emit("task_subscribe", { not: "a number" });
		await settle();
		publish("task_progress:3f1c2d4e-aaaa", "task_progress", { percent: 50 });
		await until(() => anna.heard.length);
		assert.equal(anna.heard[0][0], "task_progress");
	});

	test("events of another site, or of a room nobody may be in, go nowhere", async () => {
		const anna = await all.connect({ sid: ANNA });
		publish("user:anna@example.org", "msgprint", "x", "other.test");
		publish("__proto__", "msgprint", "x");
		await settle();
		assert.deepEqual(anna.heard, []);
	});

	test("names that are no names join nothing and break nothing", async () => {
		const anna = await all.connect({ sid: ANNA });
		for (const wrong of [null, 7, {}, [], "", "x".repeat(141), undefined]) {
			anna.emit("doc_subscribe", "Case", wrong);
			anna.emit("doctype_subscribe", wrong);
			anna.emit("doc_open", wrong, wrong);
			anna.emit("doc_close", wrong, wrong);
		}
		await settle();
		assert.equal(all.web.asked.length, 1);
		assert.ok(anna.connected);
	});

	test("a flood of requests ends the connection, a long message too", async () => {
		const [anna, long] = [await all.connect({ sid: ANNA }), await all.connect({ sid: ANNA })];
		for (let count = 0; count < 300; count++) {
			anna.emit("doctype_subscribe", `DocType ${count}`);
		}
		long.emit("doctype_subscribe", "x".repeat(20_000));
		await until(() => !anna.connected && !long.connected);
	});
});

describe("a right that ends", () => {
	test("ends what is heard of the document within a minute", async () => {
		const anna = await all.connect({ sid: ANNA });
		all.web.rights.add("anna@example.org Case/CASE-1");
		await ask(anna, "can_subscribe_doc", "doc_subscribe", "Case", "CASE-1");
		all.web.rights.clear();
		all.clock.ms += 61_000;
		publish("doc:Case/CASE-1", "docinfo_update", { doc: { content: "private" } });
		await settle();
		assert.deepEqual(anna.heard, []);
	});

	test("by signing out ends the connection at the next event", async () => {
		const anna = await all.connect({ sid: ANNA });
		all.web.sessions.clear();
		all.clock.ms += 61_000;
		publish("user:anna@example.org", "notification", {});
		await until(() => !anna.connected);
		assert.deepEqual(anna.heard, []);
	});

	test("is not assumed while the site is away: nothing is heard, and again when it is back", async () => {
		const anna = await all.connect({ sid: ANNA });
		all.web.isAway = true;
		all.clock.ms += 61_000;
		publish("user:anna@example.org", "first", {});
		await settle();
		all.web.isAway = false;
		publish("user:anna@example.org", "second", {});
		await until(() => anna.heard.length);
		assert.deepEqual(anna.heard, [["second", {}]]);
	});
});

describe("viewers of a document", () => {
	test("see each other come and go, and nobody without the right", async () => {
		all.web.signIn("bram-session", "bram@example.org");
		all.web.signIn("cato-session", "cato@example.org");
		const [anna, bram, cato] = await Promise.all(
			[ANNA, "bram-session", "cato-session"].map((sid) => all.connect({ sid }))
		);
		all.web.rights.add("anna@example.org Case/CASE-1").add("bram@example.org Case/CASE-1");
		for (const socket of [anna, bram, cato]) {
			await ask(socket, "can_subscribe_doc", "doc_open", "Case", "CASE-1");
		}
		const last = () => anna.heard.at(-1)?.[1].users;
		await until(() => last()?.length === 2);
		assert.deepEqual(last(), ["anna@example.org", "bram@example.org"]);
		assert.deepEqual(cato.heard, []);
		bram.disconnect();
		await until(() => last()?.length === 1);
	});
});

describe("what Redis brings", () => {
	test("is passed on only in the framework's form", () => {
		const passed = [];
		const good = { event: "e", message: { a: 1 }, room: "user:x", namespace: SITE };
		const texts = [good, { ...good, room: null }, { ...good, event: 5 }, null, [], "text"].map((value) =>
			JSON.stringify(value)
		);
		const log = console.error;
		console.error = () => {};
		[...texts, "{", "x".repeat(600_000)].forEach((text) => passOn(text, (event) => passed.push(event)));
		console.error = log;
		assert.deepEqual(passed, [{ event: "e", message: { a: 1 }, room: "user:x", site: SITE }]);
	});
});
