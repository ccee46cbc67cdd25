"""A session that was last used in the future: the machine's clock went back, and how long nobody used it is not known any more.

The framework would take it for fresh, so that a session that had ended by idling would open again. It is ended instead.
"""

from datetime import datetime

import frappe
from frappe.sessions import delete_session
from frappe.utils import get_datetime, now_datetime

MOST_SECONDS = 600  # web nodes' clocks may differ a little


def end_if_from_the_future() -> None:
	"""Go on as a visitor who is not logged in."""
	session = frappe.local.session
	used = session.data.get("last_updated") if session.user != "Guest" and session.data else None
	if not used or (_moment(used) - now_datetime()).total_seconds() <= MOST_SECONDS:
		return
	delete_session(session.sid, user=session.user, reason="The clock went back")
	frappe.db.commit()
	frappe.set_user("Guest")


def _moment(used) -> datetime:
	"""The framework's own reading of a time costs more than the rest of this check; it is left to what is written otherwise."""
	try:
		return datetime.fromisoformat(used)
	except (TypeError, ValueError):
		return get_datetime(used)
