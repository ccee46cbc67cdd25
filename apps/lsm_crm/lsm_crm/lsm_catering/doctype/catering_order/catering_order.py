import frappe
from frappe import _
from frappe.utils import flt, get_datetime, getdate, now_datetime

from lsm_crm.constants import ACTIVITY_LEAD, COORDINATOR, DELIVERER, FRONT_OFFICE, KITCHEN, TREASURER
from lsm_crm.exceptions import TransitionError
from lsm_crm.public_forms.errors import FieldError
from lsm_crm.services import catering_mail, editing, kitchen_calendar, menu, rounds
from lsm_crm.services.editing import require
from lsm_crm.services.workflow import WorkflowDocument

DOOR = frozenset(
	{"contact_name", "contact_phone", "delivery_note", "address", "postcode", "city", "latitude", "longitude"}
)
AGREES = frozenset({"short_notice_accepted", "over_capacity_accepted", "kitchen_note"})
MONEY = frozenset({"settlement", "vat_rate", "donation_amount", "free_reason"})

EDITING: editing.Editing = {
	"Requested": {
		COORDINATOR: editing.ANYTHING,
		ACTIVITY_LEAD: editing.ANYTHING,
		FRONT_OFFICE: editing.ANYTHING,
	},
	"Confirmed": {COORDINATOR: editing.ANYTHING, KITCHEN: AGREES},
	"In Kitchen": {KITCHEN: frozenset({"kitchen_note"}), COORDINATOR: DOOR | {"deliverer"}},
	"Ready": {
		KITCHEN: frozenset({"kitchen_note", "received_by"}),
		COORDINATOR: DOOR | {"deliverer"},
		DELIVERER: frozenset({"delivery_problem"}),
	},
	"On the Way": {DELIVERER: frozenset({"received_by", "delivery_problem"}), COORDINATOR: DOOR},
	"Delivered": {TREASURER: MONEY, COORDINATOR: frozenset({"delivery_problem"})},
	"Settled": {},
	"Cancelled": {COORDINATOR: frozenset({"cancel_reason"})},
}
WORKED_OUT = ("net_amount", "vat_amount", "total_amount", "allergen_problem")


class CateringOrder(WorkflowDocument):
	def validate(self):
		editing.keep_program_fields(self, WORKED_OUT)
		editing.check_editable(self, EDITING)
		self.check_agreement()
		self.note_source()
		self.check_customer()
		self.check_guests_and_window()
		self.check_notice_of_customer()
		self.follow_the_menu()
		self.work_out_amounts()

	def on_update(self):
		before = self.get_doc_before_save()
		if not before and self.source == "Web Form":
			catering_mail.tell_customer(self)
		elif before and before.workflow_state != self.workflow_state:
			catering_mail.tell_customer(self)
			rounds.order_moved(self)

	def on_trash(self):
		if self.invoice:
			frappe.throw(_("{0} has an invoice and must be kept.").format(self.name))

	@property
	def follows_menu(self) -> bool:
		"""Until the kitchen starts; afterwards the order keeps what was cooked."""
		before = self.get_doc_before_save()
		return not before or before.workflow_state in menu.FOLLOWS

	@property
	def window_starts(self):
		return get_datetime(f"{getdate(self.delivery_date)} {self.window_from}")

	def check_agreement(self) -> None:
		"""Only who speaks for the kitchen may say that it agrees."""
		if editing.is_program(self) or {COORDINATOR, KITCHEN} & set(frappe.get_roles()):
			return
		before = self.get_doc_before_save()
		for field in ("short_notice_accepted", "over_capacity_accepted", "wishes_read"):
			self.set(field, before.get(field) if before else 0)

	def note_source(self) -> None:
		"""A customer's own words are wishes until somebody has read them and put allergies in the table."""
		if not self.is_new() or frappe.session.user != "Guest":
			return
		self.source = "Web Form"
		self.customer_wishes = "\n".join(filter(None, (self.customer_wishes, self.kitchen_note)))
		self.kitchen_note = None
		self.contact_name = self.contact_name or self.requester_name
		self.contact_phone = self.contact_phone or self.requester_phone
		self.language = (self.flags.public_form or {}).get("language") or self.language

	def check_customer(self) -> None:
		kind = self.customer_kind
		if kind == "Own Activity":
			if not self.event:
				frappe.throw(_("Choose the activity that this order is for."), title=_("Own Activity"))
		else:
			self.event = None
		if kind == "Organisation":
			if not (self.organisation or self.customer_name):
				frappe.throw(_("Which organisation orders? Choose it or write its name."), title=_("Organisation"))
		else:
			self.organisation = self.customer_name = None

	def check_guests_and_window(self) -> None:
		if not self.guests or self.guests < 1:
			raise FieldError("guests", _("For how many guests?"))
		if frappe.utils.to_timedelta(str(self.window_to)) <= frappe.utils.to_timedelta(str(self.window_from)):
			raise FieldError("window_to", _("The delivery window ends before it begins."))
		if self.is_new() and getdate(self.delivery_date) < getdate() and not editing.is_program(self):
			raise FieldError("delivery_date", _("The day of delivery lies in the past."))
		for row in self.dishes:
			if not row.portions or row.portions < 1:
				frappe.throw(_("Row {0}: how many portions of {1}?").format(row.idx, row.dish))

	def check_notice_of_customer(self) -> None:
		"""Customers are told at once; staff may enter a late order and are asked when it is confirmed."""
		if self.is_new() and self.source == "Web Form":
			try:
				kitchen_calendar.check_notice(self)
			except TransitionError as error:
				raise FieldError("delivery_date", str(error)) from error

	def follow_the_menu(self) -> None:
		if self.follows_menu:
			menu.fill_rows(self)
			found = menu.problems(self)
			if found:
				frappe.throw("<br>".join(found), title=_("Allergies and diets"), exc=frappe.ValidationError)
			self.allergen_problem = None

	def work_out_amounts(self) -> None:
		for row in self.dishes:
			row.amount = flt(flt(row.price_per_portion) * (row.portions or 0), 2)
		total = flt(sum(row.amount for row in self.dishes), 2)
		if self.vat_rate in (None, ""):
			self.vat_rate = frappe.get_cached_doc("Catering Settings").vat_rate
		self.net_amount = total if self.settlement == "Invoice" else 0
		self.vat_amount = flt(self.net_amount * flt(self.vat_rate) / 100, 2)
		self.total_amount = flt(self.net_amount + self.vat_amount, 2)

	def _refuse_edit_in_state(self, state: str) -> None:
		"""What each role may change in a state is finer here: see EDITING, checked in validate."""

	def before_transition(self, old: str, new: str) -> None:
		"""Say what is missing for the step that is being taken."""
		checks = {
			"Confirmed": self._before_confirmed,
			"In Kitchen": self._before_kitchen,
			"On the Way": self._before_on_the_way,
			"Delivered": self._before_delivered,
			"Settled": self._before_settled,
			"Cancelled": self._before_cancelled,
		}
		if (old, new) == ("On the Way", "Ready"):
			require([(self.delivery_problem, _("Say why the order came back."))], _("Delivery Problem"))
		elif new in checks:
			checks[new]()

	def _before_confirmed(self) -> None:
		delivery = self.handover == "Delivery"
		require(
			[
				(self.dishes, _("Choose at least one dish.")),
				(self.requester_email or self.requester_phone, _("How can we reach who ordered: mail or phone?")),
				(self.venue or delivery, _("Choose the venue where the order is handed over.")),
				(self.address or not delivery, _("Where must it be delivered?")),
				(self.contact_name or not delivery, _("Who takes it at the door?")),
				(self.contact_phone or not delivery, _("Which number can the deliverer call?")),
				(
					not self.customer_wishes or self.wishes_read,
					_("Read the customer's wishes, put allergies and diets in the tables, and tick that you did."),
				),
			],
			_("Not yet complete"),
		)
		if not self.short_notice_accepted:
			kitchen_calendar.check_notice(self)
		if not self.over_capacity_accepted:
			kitchen_calendar.check_capacity(self)

	def _before_kitchen(self) -> None:
		require([(self.dishes, _("Choose at least one dish."))], _("Not yet complete"))

	def _before_on_the_way(self) -> None:
		if self.handover != "Delivery":
			raise_step(_("This order is not delivered: hand it over at the venue."))
		if not self.flags.by_service and DELIVERER in frappe.get_roles() and not self.deliverer:
			self.deliverer = frappe.session.user
		self._only_own_delivery()
		self.set_off_on = now_datetime()

	def _before_delivered(self) -> None:
		require([(self.received_by, _("Who took it? Write the name."))], _("Received By"))
		if self.get_doc_before_save().workflow_state == "Ready" and self.handover == "Delivery":
			raise_step(_("This order must be brought: the deliverer sets off with it."))
		if self.handover == "Delivery":
			self._only_own_delivery()
		self.delivered_on = now_datetime()

	def _only_own_delivery(self) -> None:
		if not editing.is_program(self) and self.deliverer != frappe.session.user:
			raise_step(_("Only the deliverer of this order can do that."))

	def _before_settled(self) -> None:
		if self.settlement == "Invoice":
			paid = self.invoice and frappe.db.get_value("Catering Invoice", self.invoice, "paid_on")
			require(
				[(self.invoice, _("Make the invoice first.")), (paid, _("The invoice has not been paid yet."))],
				_("Invoice"),
			)
		elif self.settlement == "Donation":
			require(
				[(flt(self.donation_amount) > 0, _("How much was given? Choose Free if nothing was."))],
				_("Donation Amount"),
			)
		else:
			free = self.free_reason or self.customer_kind == "Own Activity"
			require([(free, _("Say why this order is free."))], _("Free"))
		self.settled_on = getdate()

	def _before_cancelled(self) -> None:
		require([(self.cancel_reason, _("Say why the order is cancelled."))], _("Cancel Reason"))
		self.cancelled_by = "Customer" if self.flags.workflow_actor and self.cancelled_by == "Customer" else "LSM"
		self.cancel_fee = kitchen_calendar.cancel_fee(self) if self.cancelled_by == "Customer" else 0


def raise_step(sentence: str) -> None:
	frappe.throw(sentence, title=_("Not possible now"), exc=TransitionError)
