"""SMS to volunteers, when the foundation and the volunteer want it: that there is something on their page, never what.

The gateway is the framework's SMS Settings. Its own `send_sms` is not used, as it keeps every number in a log of its own and
writes it into the error when the gateway fails.
"""

import frappe
import requests
from frappe import _
from frappe.core.doctype.sms_settings.sms_settings import get_headers, send_request
from frappe.utils import get_url

from lsm_crm.services import outbox
from lsm_crm.services.language import in_language

_lt = str  # marks a text for the translation files; it is translated when the message is made

TEXT = _lt("Please look at your page: {link}")


def announce(volunteer: str) -> bool:
	"""Queue the message once this transaction is stored; False when it is not wanted. The job is given a name, no number."""
	if not (frappe.db.get_single_value("Volunteer Settings", "sms_enabled") and _number(volunteer)):
		return False
	# Not to be repeated: whether a killed worker had sent it already is not known.
	outbox.enqueue("lsm_crm.services.volunteer_sms.deliver", repeatable=False, volunteer=volunteer)
	return True


def deliver(volunteer: str) -> None:
	"""Hand the message to the gateway. A failure is logged without the number."""
	gateway = frappe.get_cached_doc("SMS Settings")
	number = _number(volunteer)
	if not (gateway.sms_gateway_url and number):
		return
	with in_language(frappe.db.get_value("Volunteer", volunteer, "preferred_language")):
		text = _(TEXT).format(link=get_url("/portal"))
	fixed = {row.parameter: row.value for row in gateway.parameters if not row.header}
	sent = {**fixed, gateway.message_parameter: text, gateway.receiver_parameter: number}
	headers = get_headers(gateway)
	is_json = headers.get("Content-Type") == "application/json"
	try:
		send_request(gateway.sms_gateway_url, sent, headers, gateway.use_post, is_json)
	except requests.RequestException as error:
		frappe.log_error(
			title="SMS gateway failed",
			message=type(error).__name__,
			reference_doctype="Volunteer",
			reference_name=volunteer,
		)


def _number(volunteer: str) -> str | None:
	"""The number of a volunteer who has a page and agreed to get an SMS."""
	row = frappe.db.get_value("Volunteer", volunteer, ["phone", "sms_allowed", "user"], as_dict=True)
	return "".join(sign for sign in row.phone if sign not in " -()") if row and all(row.values()) else None
