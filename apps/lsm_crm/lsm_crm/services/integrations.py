"""Programs elsewhere that read here: each has an account of its own without a password, a token, and only the rights it was given."""

import secrets

import frappe
from frappe import _
from frappe.utils import getdate, now

from lsm_crm.constants import INTEGRATION
from lsm_crm.services.figures import tables
from lsm_crm.services.figures.sources import FIGURES

RIGHTS = {"lsm_crm.api.integrations.agenda": "reads_agenda", "lsm_crm.api.integrations.figures": "reads_figures"}


def make_token(integration) -> str:
	"""A new token, told this once; the one before no longer works."""
	user = frappe.get_doc("User", integration.user or _make_account(integration))
	key, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
	user.update({"api_key": key, "api_secret": secret})
	user.save(ignore_permissions=True)
	integration.db_set("token_made_on", now())
	return f"{key}:{secret}"


def _make_account(integration) -> str:
	user = frappe.new_doc("User")
	user.update(
		{
			"email": f"integration-{integration.name}@lsm.invalid",
			"first_name": integration.title,
			"user_type": "Website User",
			"send_welcome_email": 0,
			"enabled": integration.enabled,
		}
	)
	user.append("roles", {"role": INTEGRATION})
	user.insert(ignore_permissions=True)
	integration.db_set("user", user.name)
	return user.name


def follow(integration) -> None:
	"""The account is open exactly while the integration is. Set directly: saving an account that is closed asks for a system manager."""
	if integration.user:
		frappe.db.set_value("User", integration.user, "enabled", integration.enabled)


def require(right: str) -> None:
	"""The caller is a program that is enabled, not past its day, and was given this right; else refuse."""
	if not may(frappe.session.user, right):
		raise frappe.PermissionError(_("This integration was not given the right to read that."))


def may(user: str, right: str) -> bool:
	row = frappe.db.get_value("Integration", {"user": user}, ["enabled", "valid_until", right], as_dict=True)
	return bool(row and row.enabled and row[right] and row.valid_until and getdate(row.valid_until) >= getdate())


def may_use(user: str, function: str) -> bool:
	"""Whether a function that asks for a right is this user's; other functions ask for none."""
	return function not in RIGHTS or may(user, RIGHTS[function])


def year_figures(year: int) -> list[dict]:
	"""Each figure by month as the board sees it: what fewer than five people make up is left out."""
	cells = tables.cells_of(year, tuple(FIGURES), "Total")
	return [
		{"figure": figure, "month": month, "amount": cell["amount"]}
		for (figure, _item, month), cell in sorted(cells.items())
		if cell["shown"] and month
	]
