"""How often a form may be sent, counted per form and address and per form altogether.

A shelter or a library puts a hundred people behind one address, so the limit for an address is generous, short
and counts only what would be stored; steps and errors cost nothing. Addresses are counted under a keyed hash.
"""

import hashlib
import hmac
import ipaddress
import math
import time

import frappe
from frappe.utils.password import get_encryption_key

# times, within seconds; `public_form_limits` in the site's configuration overrides them
PER_ADDRESS = (60, 600)
PER_FORM = (1500, 600)
FASTEST_SECONDS = 4  # nobody reads and fills even the shortest form faster; programs do


def minutes_to_wait(form: str) -> int:
	"""Count one sending. 0 when it may go on, else after how many minutes to try again."""
	configured = frappe.conf.get("public_form_limits") or {}
	waits = [
		_count(f"{form}:{_address_key()}", *configured.get("per_address", PER_ADDRESS)),
		_count(form, *configured.get("per_form", PER_FORM)),
	]
	return math.ceil(max(waits) / 60)


def is_too_fast(age_seconds: float) -> bool:
	configured = frappe.conf.get("public_form_limits") or {}
	return age_seconds < configured.get("fastest_seconds", FASTEST_SECONDS)


def _count(what: str, times: int, seconds: int) -> float:
	window, spent = divmod(time.time(), seconds)
	key = frappe.cache.make_key(f"lsm_form_limit:{what}:{int(window)}")
	pipeline = frappe.cache.pipeline()
	pipeline.incr(key)
	pipeline.expire(key, seconds)
	return seconds - spent if pipeline.execute()[0] > times else 0


def _address_key() -> str:
	address = frappe.local.request_ip or "127.0.0.1"
	try:
		parsed = ipaddress.ip_address(address)
		if parsed.version == 6:  # one household has a whole /64
			address = str(ipaddress.ip_network(f"{address}/64", strict=False))
	except ValueError:
		pass
	return hmac.new(get_encryption_key().encode(), address.encode(), hashlib.sha256).hexdigest()[:24]
