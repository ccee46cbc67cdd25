import frappe
from frappe.model.document import Document


class ClientSearchKey(Document):
	pass


def on_doctype_update():
	"""One index that answers the search alone, without the table's rows."""
	frappe.db.add_index("Client Search Key", ["kind", "search_key", "client"], "kind_key_client")
