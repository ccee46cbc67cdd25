// One connected browser: the rooms it joined, why it may be in each, and what is sent to it.

import { WebAway } from "./web.mjs";

// How long an answer of the framework is relied on. Someone who loses a right, or signs out, hears nothing after it.
const FRESH = 60_000;
const MOST_ROOMS = 100;
const MOST_WAITING = 200;

export class Member {
	constructor(socket, visitor, web, now = Date.now) {
		this.socket = socket;
		this.visitor = visitor;
		this.web = web;
		this.now = now;
		this.checks = new Map();
		this.sessionCheckedAt = now();
		this.work = Promise.resolve();
		this.waiting = 0;
	}

	/** Join `room` if `check` (a question to the framework, or nothing for one's own rooms) says so. */
	async join(room, check) {
		if (this.checks.has(room)) {
			return true;
		}
		if (this.checks.size >= MOST_ROOMS || !(await this.#isAllowed(check))) {
			return false;
		}
		this.checks.set(room, { check, at: this.now() });
		this.socket.join(room);
		return true;
	}

	leave(room) {
		this.checks.delete(room);
		this.socket.leave(room);
	}

	/** Send an event of `room`, in order, after asking again where the last answer is too old. */
	send(room, event, message) {
		this.inTurn(async () => {
			if (await this.#mayStillHear(room)) {
				this.socket.emit(event, message);
			}
		});
	}

	/** Do `work` after what came before it. Who causes more than can be done is disconnected. */
	inTurn(work) {
		if (this.waiting >= MOST_WAITING) {
			this.socket.disconnect(true);
			return;
		}
		this.waiting += 1;
		this.work = this.work
			.then(() => this.socket.connected && work())
			.catch((error) => console.error(`An event could not be handled: ${error.message}`))
			.finally(() => (this.waiting -= 1));
	}

	async #mayStillHear(room) {
		const grant = this.checks.get(room);
		if (!grant || !(await this.#isSessionAlive())) {
			return false;
		}
		if (!grant.check || this.now() - grant.at < FRESH) {
			return true;
		}
		try {
			if (await grant.check()) {
				grant.at = this.now();
				return true;
			}
			this.leave(room);
		} catch (error) {
			throwUnlessAway(error);
		}
		return false;
	}

	async #isSessionAlive() {
		if (this.now() - this.sessionCheckedAt < FRESH) {
			return true;
		}
		try {
			const who = await this.web.whoIs(this.visitor);
			if (who?.user === this.visitor.user) {
				this.sessionCheckedAt = this.now();
				return true;
			}
			this.socket.disconnect(true);
		} catch (error) {
			throwUnlessAway(error);
		}
		return false;
	}

	async #isAllowed(check) {
		try {
			return !check || (await check());
		} catch (error) {
			throwUnlessAway(error);
			return false;
		}
	}
}

function throwUnlessAway(error) {
	if (!(error instanceof WebAway)) {
		throw error;
	}
}
