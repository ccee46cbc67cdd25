import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from lsm_crm.services import contact_data, search_keys
from lsm_crm.services.bsn import refuse_bsn
from lsm_crm.services.links import changed, require_read_on_links

ADULT_IN_CONTACT = 16  # years: under it a guardian speaks for the client


class Client(Document):
	def validate(self):
		require_read_on_links(self, "household", "guardian")
		refuse_bsn(self, "first_name", "last_name", "other_names", "contact_notes", "street")
		self.set_full_name()
		self.check_birth()
		self.check_contact()
		self.check_guardian()

	def on_update(self):
		if not self.get_doc_before_save() or any(changed(self, name) for name in search_keys.SOURCE_FIELDS):
			search_keys.write(self)

	def after_delete(self):
		search_keys.remove(self.name)

	def set_full_name(self):
		parts = (self.first_name, self.infix, self.last_name)
		self.full_name = " ".join(part.strip() for part in parts if part and part.strip())

	def check_birth(self):
		if self.date_of_birth:
			if getdate(self.date_of_birth) > getdate(nowdate()):
				frappe.throw(_("The date of birth lies in the future."), title=_("Date of birth"))
			self.birth_year = getdate(self.date_of_birth).year
		if self.birth_year and not 1890 <= self.birth_year <= getdate(nowdate()).year:
			frappe.throw(_("The year of birth {0} cannot be right.").format(self.birth_year), title=_("Year of birth"))

	def check_contact(self):
		for fieldname in ("phone", "second_phone", "guardian_phone"):
			if changed(self, fieldname):
				self.set(fieldname, contact_data.normal_phone(self.get(fieldname), self.meta.get_label(fieldname)))
		if self.no_fixed_address:
			self.street = self.house_number = self.postcode = None
			self.no_letters_home = 1
		elif changed(self, "postcode"):
			self.postcode = contact_data.normal_postcode(self.postcode, self.meta.get_label("postcode"))
			self.area = self.area or contact_data.area_of_postcode(self.postcode)

	def check_guardian(self):
		if self.guardian and self.guardian == self.name:
			frappe.throw(_("Nobody is their own guardian."), title=_("Guardian"))
		if self.age() is None or self.age() >= ADULT_IN_CONTACT or self.guardian:
			return
		if not (self.guardian_name and self.guardian_phone):
			frappe.throw(
				_("This client is under 16. Fill in a guardian, or the guardian's name and phone number."),
				title=_("Guardian"),
			)

	def age(self) -> int | None:
		"""Age in whole years; by year of birth alone the oldest the person can be; None when nothing is known."""
		today = getdate(nowdate())
		if self.date_of_birth:
			born = getdate(self.date_of_birth)
			return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
		return today.year - self.birth_year if self.birth_year else None


def on_doctype_update():
	"""The row rule asks who entered a client."""
	frappe.db.add_index("Client", ["owner"])
