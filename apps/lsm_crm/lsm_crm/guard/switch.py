"""The switch by which the attack corpus shows that an attack works without the guard.

It is no way in: it needs a site whose name ends in `.attack.localhost` (a name that no public server can have, as `localhost` is
reserved), a line in that site's config file, and a request from this machine itself that came through no proxy.
"""

import frappe

SUFFIX = ".attack.localhost"
LOOPBACK = ("127.0.0.1", "::1")


def is_off() -> bool:
	"""Whether the guard and the row rules are switched off for this request."""
	site = getattr(frappe.local, "site", None) or ""
	if not site.endswith(SUFFIX) or not frappe.local.conf.get("lsm_guard_off"):
		return False
	request = getattr(frappe.local, "request", None)
	if not request:
		return False
	return request.remote_addr in LOOPBACK and "X-Forwarded-For" not in request.headers
