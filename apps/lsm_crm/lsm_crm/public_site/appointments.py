"""The address of somebody's own appointments, read by a phone's calendar without logging in."""

import frappe
from werkzeug.wrappers import Response

from lsm_crm.public_site import languages, pages, response
from lsm_crm.services import appointment_feed

PREFIX = "appointments"


def answer(secret: str) -> Response:
	user = (
		appointment_feed.user_of(secret.removesuffix(".ics"))
		if frappe.local.request.method in ("GET", "HEAD")
		else None
	)
	if not user:
		return pages.not_found(languages.negotiate())
	feed = Response(appointment_feed.as_ical(user), mimetype="text/calendar")
	response.add_headers(feed)
	feed.headers["Cache-Control"] = "no-store"
	return feed
