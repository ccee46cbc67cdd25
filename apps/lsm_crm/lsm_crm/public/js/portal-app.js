/* Makes the volunteers' pages an app that can be put on a phone's home screen, and says so when a page is an old copy. */
(() => {
	"use strict";
	if (!("serviceWorker" in navigator)) return;
	navigator.serviceWorker.register("/portal/worker.js", { scope: "/portal" }).catch(() => {});
	const note = document.getElementById("offline");
	const tell = () => note && note.toggleAttribute("hidden", navigator.onLine);
	window.addEventListener("online", tell);
	window.addEventListener("offline", tell);
	tell();
})();
