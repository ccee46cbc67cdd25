"""The site's time, for what every request asks. Which zone that is the framework reads from Redis each time; here it is asked
again after half a minute."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import get_system_timezone

KEPT_SECONDS = 30
_zones: dict[str, tuple[float, ZoneInfo | None]] = {}  # {site: (when asked, its zone)}


def now() -> datetime:
	"""This moment as the site's clock shows it, without a zone, as the framework stores moments."""
	site, moment = frappe.local.site, time.monotonic()
	asked, zone = _zones.get(site, (0.0, None))
	if zone is None or moment - asked > KEPT_SECONDS:
		zone = ZoneInfo(get_system_timezone())
		_zones[site] = (moment, zone)
	return datetime.now(zone).replace(tzinfo=None)
