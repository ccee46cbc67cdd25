import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from lsm_crm.services import editing

# An order may be put on a round from the moment it is confirmed until it leaves.
PLANNABLE = ("Confirmed", "In Kitchen", "Ready")


class DeliveryRound(Document):
	def validate(self):
		editing.keep_program_fields(self, ("distance_km", "ends_at"))
		self.check_stops()
		self.check_load()

	def on_update(self):
		self.tell_orders()

	def on_trash(self):
		if self.state != "Planned":
			frappe.throw(_("A round that has started is kept."))
		self.release({row.catering_order for row in self.stops})

	def check_stops(self) -> None:
		names = [row.catering_order for row in self.stops]
		if len(names) != len(set(names)):
			frappe.throw(_("An order stands on this round twice."), title=_("Stops"))
		before = self.get_doc_before_save()
		known = {row.catering_order for row in before.stops} if before else set()
		orders = frappe.get_all(
			"Catering Order",
			filters={"name": ("in", [n for n in names if n not in known])},
			fields=["name", "handover", "delivery_date", "workflow_state", "delivery_round"],
		)
		for order in orders:
			self._check_order(order)

	def _check_order(self, order) -> None:
		if order.handover != "Delivery":
			frappe.throw(_("{0} is not delivered.").format(order.name), title=_("Stops"))
		if order.workflow_state not in PLANNABLE:
			frappe.throw(
				_("{0} is {1} and cannot be put on a round.").format(order.name, _(order.workflow_state)),
				title=_("Stops"),
			)
		if getdate(order.delivery_date) != getdate(self.round_date):
			frappe.throw(_("{0} is for another day.").format(order.name), title=_("Stops"))
		if order.delivery_round and order.delivery_round != self.name:
			frappe.throw(_("{0} is on round {1} already.").format(order.name, order.delivery_round), title=_("Stops"))

	def check_load(self) -> None:
		if not self.capacity_portions or not self.stops:
			return
		row = frappe.qb.DocType("Order Dish")
		load = sum(
			portions or 0
			for (portions,) in frappe.qb.from_(row)
			.select(row.portions)
			.where(row.parent.isin([stop.catering_order for stop in self.stops]))
			.run()
		)
		if load > self.capacity_portions:
			frappe.throw(
				_("{0} portions do not fit: this round carries {1}.").format(load, self.capacity_portions),
				title=_("Capacity"),
			)

	def tell_orders(self) -> None:
		"""Orders know their round and deliverer: that is what lets the deliverer see them."""
		before = self.get_doc_before_save()
		names = {row.catering_order for row in self.stops}
		if before:
			self.release({row.catering_order for row in before.stops} - names)
		if names:
			order = frappe.qb.DocType("Catering Order")
			frappe.qb.update(order).set(order.delivery_round, self.name).set(order.deliverer, self.deliverer).where(
				order.name.isin(names) & order.workflow_state.isin(PLANNABLE)
			).run()

	def release(self, names: set[str]) -> None:
		if names:
			order = frappe.qb.DocType("Catering Order")
			frappe.qb.update(order).set(order.delivery_round, None).set(order.deliverer, None).where(
				order.name.isin(names) & (order.delivery_round == self.name)
			).run()
