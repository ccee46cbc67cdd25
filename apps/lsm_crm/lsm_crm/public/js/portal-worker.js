/* Keeps the last seen page of the volunteer's own shifts for when there is no connection; nothing else. */
"use strict";
const CACHE = "lsm-portal-shifts";
const HOME = "/portal";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const isHome = (url) => url.origin === self.location.origin && url.pathname.replace(/\/$/, "") === HOME;
const isLook = (url) => url.origin === self.location.origin && url.pathname.startsWith("/assets/lsm_crm/");

async function fromNetwork(request) {
	const answer = await fetch(request);
	const url = new URL(request.url);
	if (answer.redirected && !new URL(answer.url).pathname.startsWith(HOME)) {
		/* Logged out: whoever uses this phone next shall not see the shifts. */
		await caches.delete(CACHE);
	} else if (answer.ok && (isHome(url) || isLook(url))) {
		const cache = await caches.open(CACHE);
		await cache.put(isHome(url) ? HOME : request, answer.clone());
	}
	return answer;
}

self.addEventListener("fetch", (event) => {
	const { request } = event;
	if (request.method !== "GET") return;
	const url = new URL(request.url);
	if (request.mode !== "navigate" && !isLook(url)) return;
	event.respondWith(
		fromNetwork(request).catch(async () => {
			const cache = await caches.open(CACHE);
			const kept = await cache.match(request.mode === "navigate" ? HOME : request);
			return kept || Response.error();
		})
	);
});
