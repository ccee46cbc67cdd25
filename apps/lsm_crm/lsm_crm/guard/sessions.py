"""A session that was last used in the future: the machine's clock went back, and how long nobody used it is not known any more.

The framework would take it for fresh, so that a session that had ended by idling would open again. It is ended instead.
"""

from datetime import timedelta

import frappe
from frappe.sessions import delete_session
from frappe.utils import get_datetime

from lsm_crm.services import clock

MOST_SECONDS = 600  # web nodes' clocks may differ a little


def end_if_from_the_future() -> None:
	"""Go on as a visitor who is not logged in."""
	session = frappe.local.session
	used = session.data.get("last_updated") if session.user != "Guest" and session.data else None
	if not used or _is_believed(used):
		return
	delete_session(session.sid, user=session.user, reason="The clock went back")
	frappe.db.commit()
	frappe.set_user("Guest")


def _is_believed(used) -> bool:
	"""Whether a moment of use, in the site's time, is no further ahead than clocks differ. The framework's reading of dates costs
	more than everything else here, so texts are compared, in which the later moment is the greater one."""
	latest = clock.now() + timedelta(seconds=MOST_SECONDS)
	return (isinstance(used, str) and used <= str(latest)) or get_datetime(used) <= latest
