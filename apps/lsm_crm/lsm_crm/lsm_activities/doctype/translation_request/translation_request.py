import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from lsm_crm.constants import COORDINATOR, LANGUAGE_HELPER
from lsm_crm.exceptions import TransitionError
from lsm_crm.services import conflicts, desk_notice, editing, translators
from lsm_crm.services.links import changed, require_read_on_links

ORDER = {
	"Requested": ("Assigned", "Cancelled"),
	"Assigned": ("Requested", "In Progress", "Cancelled"),
	"In Progress": ("Second Reading", "Delivered", "Cancelled"),
	"Second Reading": ("In Progress", "Delivered"),
	"Delivered": (),
	"Cancelled": (),
}
# Who is told that a request has come to this state.
NEXT_PERSON = {"Assigned": "translator", "Second Reading": "second_reader", "Delivered": "requester"}
# Helpers do the work; who does it, and everything else about it, is the coordinator's and the requester's.
HELPERS_CHANGE = ("status",)


class TranslationRequest(Document):
	def validate(self):
		self.keep_requester()
		editing.keep_program_fields(self, ("requester",))
		require_read_on_links(self, "case", "client")
		self.check_languages()
		self.check_helper_changes()
		self.check_people()
		self.check_time()
		self.check_state()

	def on_update(self):
		before = self.get_doc_before_save()
		if before and before.status != self.status and self.status in NEXT_PERSON:
			person = self.get(NEXT_PERSON[self.status])
			if person and person != frappe.session.user:
				desk_notice.tell(person, self.what_is_asked, self.doctype, self.name)

	def what_is_asked(self) -> str:
		"""What the next person reads in the bell."""
		if self.status == "Second Reading":
			return _("You are asked to read a translation a second time: {0}").format(self.name)
		if self.status == "Delivered":
			return _("Your request is done: {0}").format(self.name)
		if self.kind == "Interpreting":
			return _("You are asked to interpret: {0}").format(self.name)
		return _("You are asked to translate a text: {0}").format(self.name)

	def keep_requester(self) -> None:
		before = self.get_doc_before_save()
		if before:
			self.requester = before.requester
		elif not (editing.is_program(self) and self.requester):
			self.requester = frappe.session.user

	def check_languages(self) -> None:
		if self.from_language == self.to_language:
			frappe.throw(_("Choose two different languages."), title=_("Languages"))
		if self.is_new() and get_datetime(self.deadline) < now_datetime() and not editing.is_program(self):
			frappe.throw(_("The deadline lies in the past."), title=_("Deadline"))

	def check_helper_changes(self) -> None:
		roles = set(frappe.get_roles())
		if self.is_new() or editing.is_program(self) or COORDINATOR in roles or self.requester == frappe.session.user:
			return
		if LANGUAGE_HELPER in roles:
			for field in self.meta.fields:
				if field.fieldname not in HELPERS_CHANGE and not field.read_only and changed(self, field.fieldname):
					before = self.get_doc_before_save().get(field.fieldname)
					if str(before or "") != str(self.get(field.fieldname) or ""):
						frappe.throw(
							_("Only the coordinator changes this: {0}.").format(_(field.label)),
							exc=frappe.PermissionError,
						)

	def check_people(self) -> None:
		if self.translator and self.translator == self.second_reader:
			frappe.throw(_("The second reader is someone else than the translator."), title=_("Second Reader"))
		if not self.client:
			return
		for field in ("translator", "second_reader"):
			if self.get(field) and (changed(self, field) or changed(self, "client") or changed(self, "case")):
				conflicts.check_person(self.get(field), self.client, self.case)

	def check_time(self) -> None:
		"""Nobody interprets in two places at once."""
		moved = any(changed(self, field) for field in ("translator", "deadline", "minutes", "kind"))
		to_come = self.status in ("Requested", "Assigned", "In Progress")
		if self.translator and moved and to_come and translators.clashes(self.translator, self):
			person = frappe.utils.get_fullname(self.translator)
			frappe.throw(_("{0} is busy at that time with something else.").format(person), title=_("Time"))

	def check_state(self) -> None:
		before = self.get_doc_before_save()
		old = before.status if before else "Requested"
		if self.status != old and self.status not in ORDER[old]:
			self._refuse(_("A request that is {0} cannot become {1}.").format(_(old), _(self.status)))
		if self.status not in ("Requested", "Cancelled") and not self.translator:
			self._refuse(_("Who does it? Choose someone."))
		if self.status == "Second Reading" and not self.second_reader:
			self._refuse(_("Who reads it a second time? Choose someone."))
		if self.status == "Delivered" and old != "Delivered":
			if self.second_reader and old != "Second Reading":
				self._refuse(_("The second reader has not read it yet."))
			self.delivered_on = now_datetime()

	def _refuse(self, sentence: str) -> None:
		frappe.throw(sentence, title=_("Not possible now"), exc=TransitionError)
