import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from lsm_crm.services import activity_states, children, editing, rooms

ORDER = {
	"Planned": ("Confirmed", "Cancelled"),
	"Confirmed": ("Planned", "Open", "Cancelled"),
	"Open": ("Closed",),
	"Closed": (),
	"Cancelled": (),
}
WITH_CHILDREN = ("Confirmed", "Open", "Closed")


class KidsoaseDay(Document):
	def validate(self):
		editing.keep_program_fields(self)
		activity_states.check_lead(self)
		self.keep_times()
		self.check_state()
		rooms.hold_room(self)
		children.check_same_rows(self.adults, "user", _("An adult stands there twice."))
		children.check_same_rows(self.visits, "child", _("A child stands there twice."))
		if self.state in WITH_CHILDREN:
			children.check_adults([row.user for row in self.adults])
		self.check_visits()

	def on_trash(self):
		if self.state in ("Open", "Closed"):
			frappe.throw(_("A day that took place is kept."))

	def keep_times(self) -> None:
		"""Times of coming and going are written by check-in and check-out alone."""
		if editing.is_program(self):
			return
		before = self.get_doc_before_save()
		known = {row.child: row for row in before.visits} if before else {}
		for row in self.visits:
			old = known.get(row.child) or frappe._dict()
			for field in ("checked_in_on", "checked_out_on", "brought_by", "collected_by"):
				row.set(field, old.get(field))
		gone = [name for name, row in known.items() if row.checked_in_on and name not in {v.child for v in self.visits}]
		if gone:
			children.refuse(_("A child who came that day stays on the list."))

	def check_state(self) -> None:
		before = self.get_doc_before_save()
		old = before.state if before else "Planned"
		if self.state != old and self.state not in ORDER[old]:
			children.refuse(_("A day that is {0} cannot become {1}.").format(_(old), _(self.state)))
		if self.state == "Cancelled" and not self.cancel_reason:
			frappe.throw(_("Say why the day is cancelled."), title=_("Cancel Reason"))
		if self.state == "Closed" and old == "Open":
			still = [row.child_name for row in self.visits if row.checked_in_on and not row.checked_out_on]
			if still:
				children.refuse(_("Still here: {0}. Check every child out first.").format(", ".join(still)))

	def check_visits(self) -> None:
		names = [row.child for row in self.visits]
		if not names:
			return
		if self.places and len(names) > self.places:
			frappe.throw(_("There are {0} places that day.").format(self.places), title=_("Places"))
		children.check_ages(names, "Kidsoase Child", children.KIDSOASE_AGES, getdate(self.starts_on))
		facts = {
			row.name: row
			for row in frappe.get_all(
				"Kidsoase Child", filters={"name": ("in", names)}, fields=["name", "first_name", "status"]
			)
		}
		before = self.get_doc_before_save()
		known = {row.child for row in before.visits} if before else set()
		for row in self.visits:
			fact = facts.get(row.child)
			row.child_name = fact.first_name if fact else None
			if fact and fact.status != "Active" and row.child not in known:
				children.refuse(_("{0} no longer takes part.").format(row.child))
