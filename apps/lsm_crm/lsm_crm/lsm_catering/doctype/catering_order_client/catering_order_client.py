import frappe
from frappe import _
from frappe.model.document import Document


class CateringOrderClient(Document):
	def validate(self):
		kind = frappe.db.get_value("Catering Order", self.catering_order, "customer_kind")
		if kind != "Client":
			frappe.throw(_("{0} is not an order for a client.").format(self.catering_order))
