"""The decision itself: groups of the user, then the lists, then checks on arguments."""

from functools import lru_cache

import frappe

from lsm_crm import constants
from lsm_crm.guard import arguments, checks, doctypes, pages, second_factor, sessions, tokens
from lsm_crm.guard import call as calls
from lsm_crm.guard.errors import refuse
from lsm_crm.guard.lists import merged

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
STAFF = frozenset(constants.STAFF_ROLES)


def authorize() -> None:
	"""Refuse what the user's role groups may not call. The last of the `auth_hooks`."""
	form = frappe.local.form_dict
	request = frappe.local.request
	sessions.end_if_from_the_future()
	groups = groups_of(frappe.local.session.user)
	frappe.local.lsm_groups = groups
	call = calls.from_request(request.method, request.path, form)
	frappe.local.lsm_call = call
	if call.kind == "none":
		return
	tokens.require(call, groups)
	second_factor.require(call, groups)
	HANDLERS[call.kind](call, form, request.method, groups)


def groups_of(user: str) -> frozenset:
	"""Role groups of a user: each logged-in user is of the groups before their own too, except that
	privacy and manager do not contain each other, and a program is of its own group alone."""
	if not user or user == "Guest":
		return frozenset(("guest",))
	return _groups(frozenset(frappe.get_roles(user)), user == "Administrator")


@lru_cache(maxsize=256)
def _groups(roles: frozenset, administrator: bool) -> frozenset:
	if constants.INTEGRATION in roles and not administrator:  # who holds every role there is
		return frozenset(("integration",))  # a program: its own few functions and not even the visitors' ones
	groups = ["guest", "portal"]
	if roles & STAFF or "System Manager" in roles:
		groups.append("staff")
	if constants.PRIVACY_OFFICER in roles:
		groups.append("privacy")
	if "System Manager" in roles:
		groups.append("manager")
	if administrator:
		groups.append("administrator")
	return frozenset(groups)


def _function(call, form, method: str, groups: frozenset) -> None:
	rule = merged("FUNCTIONS", groups).get(call.name)
	if rule is None:
		refuse(call, "function in no list of this group")
	methods, *names = rule.split()
	if method not in methods.split("|") and not (method == "HEAD" and "GET" in methods):
		refuse(call, f"not by {method}")
	arguments.as_text(call, form)
	for name in names:
		getattr(checks, name)(call, form, groups)
	arguments.require(call, form)


def _rest(call, form, method: str, groups: frozenset) -> None:
	if "staff" not in groups:
		refuse(call, "documents over REST are for staff")
	if call.action == "doc_method":
		checks.allow_doc_method(call, call.doctype, call.doc_method, method, groups)
		return
	if call.action == "unknown":
		refuse(call, f"not by {method}")
	action = "read" if call.action == "list" else call.action
	doctypes.allow(call, call.doctype, action, groups)
	if call.action == "list":
		checks.rest_list(call, form, groups)
	elif call.action in ("create", "write"):
		checks.rest_document(call, form, groups)


def _file(call, form, method: str, groups: frozenset) -> None:
	from lsm_crm.overrides import files

	if method not in ("GET", "HEAD"):
		refuse(call, f"not by {method}")
	files.serve_private(call.name)


def _page(call, form, method: str, groups: frozenset) -> None:
	pages.allow(call, form, method, groups)


HANDLERS = {"function": _function, "rest": _rest, "file": _file, "page": _page}
