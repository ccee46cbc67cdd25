"""Headers on every answer. Public pages run no inline script; the desk cannot do without, and is held to its own origin."""

import frappe

COMMON = {
	"X-Content-Type-Options": "nosniff",
	"X-Frame-Options": "DENY",
	"Referrer-Policy": "same-origin",
	"Cross-Origin-Opener-Policy": "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
PUBLIC = (
	"default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# Exceptions of the desk, each because the framework's own code needs it: inline script and style (boot data, templates),
# evaluation (client-side templates and depends_on), data: and blob: images and fonts (charts, cropping), workers from blob:.
DESK = (
	"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
	"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
	"object-src 'none'; base-uri 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'"
)
FILE = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; object-src 'none'; sandbox"
DESK_PAGES = ("app", "printview", "login", "update-password")


def after_request(response=None, request=None) -> None:
	"""Set headers on an answer of the framework."""
	if response is None or request is None:
		return
	headers = response.headers
	for name, value in COMMON.items():
		headers.setdefault(name, value)
	headers.setdefault("Content-Security-Policy", policy(request.path))
	if request.path.startswith(("/app", "/printview")) or headers["Content-Security-Policy"] == DESK:
		headers["X-Frame-Options"] = "SAMEORIGIN"
	if request.scheme == "https" or request.headers.get("X-Forwarded-Proto") == "https":
		headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	if not request.path.startswith("/assets/"):
		headers.setdefault("Cache-Control", "no-store")


def policy(path: str) -> str:
	"""The content security policy of a path: the desk's own pages and the framework's login are looser than the rest."""
	first = path.strip("/").split("/", 1)[0].removesuffix(".html")
	if first in DESK_PAGES and not frappe.local.conf.get("lsm_strict_policy"):
		return DESK
	return PUBLIC
