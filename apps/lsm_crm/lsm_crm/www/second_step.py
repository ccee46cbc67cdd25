"""The second step of a login: enrolment at the first one, a code at each later one. Works without mail and without JavaScript."""

import frappe
from frappe import _

from lsm_crm.services import second_factor
from lsm_crm.services.language import direction

no_cache = 1


def get_context(context):
	"""Show the form, or act on it."""
	if frappe.session.user == "Guest":
		frappe.local.flags.redirect_location = "/login"
		raise frappe.Redirect
	context.lang_code, context.direction = frappe.local.lang, direction(frappe.local.lang)
	context.csrf = frappe.sessions.get_csrf_token()
	context.title = _("Second step")
	user = frappe.session.user
	if frappe.request.method == "POST":
		_act(context, user, frappe.form_dict.get("code") or "")
	if not context.get("recovery"):
		context.enrolled = second_factor.enrolled(user)
		if not context.enrolled:
			context.update(_pending(user))
	if context.get("done"):
		frappe.db.commit()
		frappe.local.flags.redirect_location = "/app"
		raise frappe.Redirect


def _act(context, user: str, code: str) -> None:
	try:
		if second_factor.enrolled(user):
			second_factor.verify(user, code)
			context.done = True
		else:
			context.recovery = second_factor.confirm(user, code)
			frappe.db.commit()
	except second_factor.SecondFactorError as error:
		frappe.clear_messages()
		context.error = str(error)


def _pending(user: str) -> dict:
	"""The secret of an enrolment that has begun stays the same, so that a mistyped code does not start it anew."""
	shown = second_factor.pending(user)
	frappe.db.commit()
	return shown
