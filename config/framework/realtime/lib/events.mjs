// The framework publishes every event on one Redis channel as {event, message, room, namespace}.

import { createClient } from "redis";

const CHANNEL = "events";
const LONGEST_EVENT = 512 * 1024;
const SLOWEST_RETRY = 2000;

/** Call `deliver` for each published event; waits for Redis when it is away. Returns an object with close(). */
export function subscribe(url, deliver) {
	const reconnectStrategy = (retries) => Math.min(100 * 2 ** retries, SLOWEST_RETRY);
	const client = createClient({ url, socket: { reconnectStrategy } });
	let isAway = false;
	client.on("error", (error) => {
		if (!isAway) {
			console.error(
				`Redis is away (${error.code ?? error.message}); there are no live updates until it is back.`
			);
		}
		isAway = true;
	});
	client.on("ready", () => {
		if (isAway) {
			console.log("Redis is back.");
		}
		isAway = false;
	});
	client.connect().then(() => client.subscribe(CHANNEL, (text) => passOn(text, deliver)));
	return { close: () => client.destroy() };
}

/** One published text; what is not an event of the framework's form is dropped. */
export function passOn(text, deliver) {
	if (text.length > LONGEST_EVENT) {
		console.error(`An event of ${text.length} characters was dropped.`);
		return;
	}
	let published;
	try {
		published = JSON.parse(text);
	} catch {
		console.error("An event that is no JSON was dropped.");
		return;
	}
	const { event, message, room, namespace } = published ?? {};
	if ([event, room, namespace].every((part) => typeof part === "string" && part)) {
		deliver({ event, message, room, site: namespace });
	}
}
