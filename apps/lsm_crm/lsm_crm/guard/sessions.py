"""A session that was last used in the future: the machine's clock went back, and how long nobody used it is not known any more.

The framework would take it for fresh, so that a session that had ended by idling would open again. It is ended instead.
"""

import frappe
from frappe.sessions import delete_session
from frappe.utils import get_datetime, now_datetime, time_diff_in_seconds

MOST_SECONDS = 600  # web nodes' clocks may differ a little


def end_if_from_the_future() -> None:
	"""Go on as a visitor who is not logged in."""
	session = frappe.local.session
	used = session.data.get("last_updated") if session.user != "Guest" and session.data else None
	if not used or time_diff_in_seconds(get_datetime(used), now_datetime()) <= MOST_SECONDS:
		return
	delete_session(session.sid, user=session.user, reason="The clock went back")
	frappe.db.commit()
	frappe.set_user("Guest")
