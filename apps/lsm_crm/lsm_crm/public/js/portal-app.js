/* Makes the volunteers' pages an app that can be put on a phone's home screen, and says so when a page is an old copy. */
(() => {
	"use strict";
	if (!("serviceWorker" in navigator)) return;
	navigator.serviceWorker.register("/portal/worker.js", { scope: "/portal" }).catch(() => {});
	/* Whoever uses this phone next shall not see the shifts, also without a connection. */
	const leave = document.getElementById("log-out");
	if (leave && "caches" in window) {
		leave.addEventListener("submit", (event) => {
			event.preventDefault();
			caches
				.delete("lsm-portal-shifts")
				.catch(() => {})
				.then(() => leave.submit());
		});
	}
	const note = document.getElementById("offline");
	const tell = () => note && note.toggleAttribute("hidden", navigator.onLine);
	window.addEventListener("online", tell);
	window.addEventListener("offline", tell);
	tell();
})();
