import frappe
from frappe import _
from frappe.model.document import Document

from lsm_crm.public_forms.errors import FieldError
from lsm_crm.services import editing, registrations

LARGEST_GROUP = 20


class EventRegistration(Document):
	def validate(self):
		editing.keep_program_fields(self)
		self.check_places()
		if self.is_new():
			self.note_source()
			registrations.place_newcomer(self)

	def after_insert(self):
		registrations.tell_registered(self)

	def on_update(self):
		registrations.count_places(self.event)

	def on_trash(self):
		if self.status in registrations.HOLDS_PLACE and not frappe.flags.lsm_clears_sample:
			registrations.cancel(self.name)

	def note_source(self) -> None:
		if frappe.session.user == "Guest":
			self.source = "Web Form"
			# the DocType's default says nothing about the visitor; the page that they read does
			if self.language in (None, "", self.meta.get_field("language").default):
				self.language = (self.flags.public_form or {}).get("language") or self.language
		elif self.flags.at_the_door:
			self.source = "At the Door"

	def check_places(self) -> None:
		if not 1 <= (self.places or 0) <= LARGEST_GROUP:
			raise FieldError("places", _("Sign up between 1 and {0} people; for more, call us.").format(LARGEST_GROUP))
		before = self.get_doc_before_save()
		if before and before.places != self.places and not self.flags.by_service:
			frappe.throw(_("Cancel this registration and make a new one for another number of people."))
