import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_to_date, now_datetime

from lsm_crm.constants import COORDINATOR, PRIVACY_OFFICER

HOURS = 24


class EmergencyAccess(Document):
	"""Opens one record to one person for one day, with a reason; coordinator and privacy officer are told at once."""

	def before_insert(self):
		self.user = frappe.session.user
		self.until = add_to_date(now_datetime(), hours=HOURS)
		self.reviewed = 0
		self.review_note = ""

	def validate(self):
		self.require_record()
		self.require_reason()
		self.keep_review_to_others()

	def after_insert(self):
		self.tell()

	def on_trash(self):
		frappe.throw(_("An emergency access stays on record."), frappe.PermissionError)

	def require_record(self):
		if not frappe.db.exists(self.record_type, self.record):
			frappe.throw(_("{0} {1} does not exist.").format(_(self.record_type), self.record))

	def require_reason(self):
		if len((self.reason or "").strip()) < 10:
			frappe.throw(_("Say in a sentence why this cannot wait."), title=_("Reason missing"))

	def keep_review_to_others(self):
		"""Nobody looks at their own emergency access afterwards."""
		before = self.get_doc_before_save()
		if not before:
			return
		self.user, self.until = before.user, before.until
		if (self.reviewed, self.review_note) == (before.reviewed, before.review_note):
			return
		if frappe.session.user == self.user or PRIVACY_OFFICER not in frappe.get_roles():
			frappe.throw(_("The privacy officer looks at this afterwards."), frappe.PermissionError)

	def tell(self):
		"""A notice in the desk and a mail to each coordinator and privacy officer; neither names the person concerned."""
		told = sorted(_holders(COORDINATOR) | _holders(PRIVACY_OFFICER))
		subject = _("Emergency access by {0} to {1}").format(self.user, _(self.record_type))
		for user in told:
			frappe.get_doc(
				{
					"doctype": "Notification Log",
					"subject": subject,
					"for_user": user,
					"type": "Alert",
					"document_type": self.doctype,
					"document_name": self.name,
					"from_user": self.user,
				}
			).insert(ignore_permissions=True)
		if told:
			frappe.sendmail(
				recipients=told,
				subject=subject,
				message=_("Look at {0} in the program: {1}").format(
					self.name, frappe.utils.get_url_to_form(self.doctype, self.name)
				),
				reference_doctype=self.doctype,
				reference_name=self.name,
			)


def _holders(role: str) -> set[str]:
	users = frappe.get_all("Has Role", filters={"role": role, "parenttype": "User"}, pluck="parent")
	return set(frappe.get_all("User", filters={"name": ("in", users or [""]), "enabled": 1}, pluck="name"))
