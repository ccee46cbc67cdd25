"""A session that was last used in the future: the machine's clock went back, and how long nobody used it is not known any more.

The framework would take it for fresh, so that a session that had ended by idling would open again. It is ended instead.
"""

import time
from datetime import timedelta

import frappe
from frappe.sessions import delete_session
from frappe.utils import get_datetime, get_datetime_str, now_datetime

MOST_SECONDS = 600  # web nodes' clocks may differ a little
KEPT_SECONDS = 30
_kept: dict[str, tuple[float, str]] = {}  # {site: (this machine's clock, latest moment that is believed)}


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
	"""Whether a moment of use, in the site's time, is no further ahead than clocks differ. The framework's reading of the clock
	and of dates costs more than everything else here, so texts are compared, in which the later moment is the greater one."""
	latest = _latest()
	return (isinstance(used, str) and used <= latest) or get_datetime(used) <= get_datetime(latest)


def _latest() -> str:
	"""Asked anew only when this machine's clock went on by half a minute, or back."""
	now, site = time.time(), frappe.local.site
	asked, moment = _kept.get(site, (0.0, ""))
	if not 0 <= now - asked < KEPT_SECONDS:
		moment = get_datetime_str(now_datetime() + timedelta(seconds=MOST_SECONDS))
		_kept[site] = (now, moment)
	return moment
