import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from lsm_crm.exceptions import ReadOnlyStateError
from lsm_crm.services import agreements

# What was agreed stays as it was.
SIGNED_FIELDS = (
	"volunteer",
	"template",
	"text_dutch",
	"text_other",
	"title_dutch",
	"title_other",
	"signature",
	"signed_file",
)


class VolunteerAgreement(Document):
	def validate(self):
		if self.state in ("Draft", "Sent") and (not self.text_dutch or self.state == "Draft"):
			agreements.fill_texts(self)
		self.check_signed()
		if self.starts_on and self.ends_on and getdate(self.ends_on) < getdate(self.starts_on):
			frappe.throw(_("The last day lies before the first."), title=_("Until"))

	def check_signed(self):
		before = self.get_doc_before_save()
		if self.flags.signing or not before:
			if self.state == "Signed" and not self.flags.signing:
				frappe.throw(_("An agreement is signed on the volunteer's page or by upload."), title=_("Signing"))
			return
		if before.state != "Signed" and self.state == "Signed":
			if not self.signed_file:
				frappe.throw(_("Attach the signed paper, or let the volunteer sign on their page."), title=_("Signing"))
			frappe.throw(_("Use the button to record the signed paper."), title=_("Signing"))
		if before.state in ("Signed", "Ended") and any(self.has_value_changed(field) for field in SIGNED_FIELDS):
			frappe.throw(_("A signed agreement stays as it is: end it and make a new one."), exc=ReadOnlyStateError)
		if before.state == "Signed" and self.state not in ("Signed", "Ended"):
			frappe.throw(_("A signed agreement can only be ended."), title=_("Signing"), exc=ReadOnlyStateError)

	def on_update(self):
		before = self.get_doc_before_save()
		if before and before.state == "Signed" and self.state == "Ended":
			for name in frappe.get_all("Screening Item", {"agreement": self.name}, pluck="name"):
				item = frappe.get_doc("Screening Item", name)
				item.valid_until = max(getdate(today()), item.valid_from)
				item.save(ignore_permissions=True)

	@frappe.whitelist(methods=["POST"])
	def send_to_volunteer(self) -> None:
		"""Put it on the volunteer's page and say so by mail."""
		self.check_permission("write")
		agreements.send(self)

	@frappe.whitelist(methods=["POST"])
	def record_signed_paper(self) -> None:
		"""The attached paper carries the signature."""
		self.check_permission("write")
		if not self.signed_file:
			frappe.throw(_("Attach the signed paper first."), title=_("Signing"))
		self.signed_for_us_by = frappe.session.user
		agreements.sign_by_upload(self, self.signed_file)
