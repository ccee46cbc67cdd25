import frappe
from frappe.model.document import Document

from lsm_crm.services import read_log


class ClientAccessLog(Document):
	"""The access log as the privacy officer sees it. Kept in another database; nothing here can change it."""

	def load_from_db(self):
		found = read_log.find({"id": int(self.name)}, limit=1)
		if not found:
			raise frappe.DoesNotExistError
		super(Document, self).__init__(_shown(found[0]))

	def db_insert(self, *args, **kwargs):
		_refuse()

	def db_update(self):
		_refuse()

	def delete(self, *args, **kwargs):
		_refuse()

	@staticmethod
	def get_list(args):
		args = frappe._dict(args)
		start = args.get("limit_start") or args.get("start") or 0
		limit = args.get("limit_page_length") or args.get("page_length") or 20
		rows = [_shown(row) for row in read_log.find(conditions(args.get("filters")), int(start), int(limit))]
		if args.get("as_list"):
			return [(row["name"],) for row in rows]
		return rows

	@staticmethod
	def get_count(args):
		return read_log.count(conditions(frappe._dict(args).get("filters")))

	@staticmethod
	def get_stats(args):
		return {}


def conditions(filters) -> dict:
	"""The desk's filters as what the log can be asked for."""
	result = {}
	entries = filters.items() if isinstance(filters, dict) else [(entry[-3], entry[-1]) for entry in filters or ()]
	names = {"client": "subject", "record_type": "doctype", "actor": "actor", "door": "door", "name": "id"}
	for key, value in entries:
		if key in names and isinstance(value, (str, int)):
			result[names[key]] = value
		elif key == "at" and isinstance(value, (list, tuple)) and len(value) == 2:
			result["since"], result["until"] = value
	return result


def _shown(row: dict) -> frappe._dict:
	return frappe._dict(
		doctype="Client Access Log",
		name=str(row["id"]),
		at=row["at"],
		actor=row["actor"],
		door=row["door"],
		record_type=row["doctype"],
		number=row["number"],
		subjects="\n".join(row["subjects"]),
		creation=row["at"],
		modified=row["at"],
		owner="Administrator",
		docstatus=0,
	)


def _refuse():
	frappe.throw(frappe._("The access log is not changed."), frappe.PermissionError)
