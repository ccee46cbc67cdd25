"""The walk-in page: what it offers, and what it saves."""

import frappe
from frappe import _
from frappe.utils import nowdate

from lsm_crm.api.arguments import as_dict
from lsm_crm.services import help_requests
from lsm_crm.services.access import require
from lsm_crm.services.language import called, language_name

MODES = ("Short or one-time", "Process-based")
CHANNELS = ("Walk-in", "Phone", "E-mail", "Outreach")


@frappe.whitelist(methods=["GET"])
def options() -> dict:
	"""Everything to choose from on the page, in one answer: [{"value", "label", "also"}]."""
	require("Help Request", "create")
	return {
		"today": nowdate(),
		"user": frappe.utils.get_fullname(frappe.session.user),
		"topics": _masters("Help Topic"),
		"services": _masters("Service Type"),
		"groups": _masters("Client Group"),
		"case_types": _masters("Case Type"),
		"partners": _masters("Partner Organisation"),
		"areas": _masters("Area", disabled=False),
		"languages": [
			{"value": row.name, "label": language_name(row.name), "also": row.language_name}
			for row in frappe.get_list("Language", filters={"enabled": 1}, fields=["name", "language_name"], limit=0)
		],
		"modes": [{"value": mode, "label": _(mode)} for mode in MODES],
		"channels": [{"value": channel, "label": _(channel)} for channel in CHANNELS],
	}


@frappe.whitelist(methods=["POST"])
def register(values: dict | str, token: str) -> dict:
	"""Store a help request; `token` is made once by the page for each request."""
	require("Help Request", "create")
	request = help_requests.register(as_dict(values), token)
	return {"name": request.name, "state": request.workflow_state, "state_label": _(request.workflow_state)}


@frappe.whitelist(methods=["GET"])
def today() -> list[dict]:
	"""What the user took down today, the last first."""
	rows = frappe.get_list(
		"Help Request",
		filters={"volunteer": frappe.session.user, "request_date": nowdate()},
		fields=["name", "main_topic", "workflow_state", "case", "referral", "creation"],
		order_by="creation desc",
		limit=20,
	)
	return [
		{**row, "topic_label": called("Help Topic", row.main_topic), "state_label": _(row.workflow_state)}
		for row in rows
	]


@frappe.whitelist(methods=["POST"])
def make_case(
	request: str, case_type: str, subject: str = "", client: str = "", person: dict | str | None = None
) -> dict:
	"""Turn a request into a case; gives the numbers, as the front office may see no more."""
	require("Help Request", "write", request)
	subject = subject.strip() or _(frappe.db.get_value("Help Request", request, "main_topic"))
	case = help_requests.make_case(request, case_type, subject, client.strip() or None, as_dict(person or {}))
	return {"case": case, "client": frappe.db.get_value("Case", case, "client")}


@frappe.whitelist(methods=["POST"])
def refer(request: str, partner: str, topic: str = "") -> dict:
	"""Send the visitor on to a partner; nothing about the person is stored or sent."""
	require("Help Request", "write", request)
	require("Partner Organisation", "read", partner)
	return {"referral": help_requests.refer(request, partner, topic or None)}


def _masters(doctype: str, disabled: bool = True) -> list[dict]:
	filters = {"disabled": 0} if disabled else {}
	rows = frappe.get_list(doctype, filters=filters, fields=["name", "dutch_name"], order_by="name", limit=0)
	dutch = frappe.local.lang == "nl"
	found = []
	for row in rows:
		label = (row.dutch_name if dutch else None) or _(row.name)
		others = {row.name, row.dutch_name or ""} - {label, ""}
		found.append({"value": row.name, "label": label, "also": ", ".join(sorted(others))})
	return sorted(found, key=lambda row: row["label"].casefold())
