// Asks the framework, over loopback, who a session belongs to and what it may read.

import http from "node:http";

const AT_ONCE = 8;
const MOST_WAITING = 500;
const PATIENCE = 5000;
const LONGEST_ANSWER = 64 * 1024;

/** The web process could not be asked: neither yes nor no. Callers treat it as no, for now. */
export class WebAway extends Error {}

export class Web {
	constructor(address) {
		this.address = new URL(address);
		this.agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
		this.waiting = 0;
	}

	/** {user, userType} of the session, or null where it belongs to nobody. */
	async whoIs(visitor) {
		const info = await this.#ask(visitor, "frappe.realtime.get_user_info", {});
		if (!info?.user || info.user === "Guest") {
			return null;
		}
		return { user: info.user, userType: info.user_type };
	}

	async mayReadDoctype(visitor, doctype) {
		return (await this.#ask(visitor, "frappe.realtime.can_subscribe_doctype", { doctype })) === true;
	}

	async mayReadDocument(visitor, doctype, docname) {
		return (await this.#ask(visitor, "frappe.realtime.can_subscribe_doc", { doctype, docname })) === true;
	}

	close() {
		this.agent.destroy();
	}

	/** The answer's `message`; null for a refusal. Throws WebAway where there was no answer to rely on. */
	async #ask(visitor, method, args) {
		if (this.waiting >= MOST_WAITING) {
			throw new WebAway("too many questions at once");
		}
		this.waiting += 1;
		try {
			const { status, body } = await this.#get(
				visitor,
				`/api/method/${method}?${new URLSearchParams(args)}`
			);
			if (status >= 500) {
				throw new WebAway(`the web process answered ${status}`);
			}
			return status === 200 ? JSON.parse(body).message : null;
		} catch (error) {
			throw error instanceof WebAway ? error : new WebAway(error.message);
		} finally {
			this.waiting -= 1;
		}
	}

	#get({ site, sid, address }, path) {
		const options = {
			agent: this.agent,
			headers: {
				Accept: "application/json",
				Cookie: `sid=${sid}`,
				Host: site,
				"User-Agent": "lsm-realtime",
				"X-Forwarded-For": address,
				"X-Frappe-Site-Name": site,
			},
			host: this.address.hostname,
			path,
			port: this.address.port,
			signal: AbortSignal.timeout(PATIENCE),
		};
		return new Promise((resolve, reject) => {
			const request = http.get(options, (response) => {
				const parts = [];
				let length = 0;
				response.on("data", (part) => {
					length += part.length;
					parts.push(part);
					if (length > LONGEST_ANSWER) {
						request.destroy(new Error("the answer is too long"));
					}
				});
				response.on("end", () =>
					resolve({ status: response.statusCode, body: Buffer.concat(parts).toString() })
				);
				response.on("error", reject);
			});
			request.on("error", reject);
		});
	}
}
