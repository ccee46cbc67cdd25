import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from lsm_crm.services import read_log


class ClientAccessLog(Document):
	"""The access log as the privacy officer sees it. Kept in another database; nothing here can change it."""

	def load_from_db(self):
		found = read_log.find({"id": int(self.name)}, limit=1) if str(self.name).isdecimal() else None
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


FILTERS = {"client": "subject", "record_type": "doctype", "actor": "actor", "door": "door", "name": "id"}
EDGES = {">": "since", ">=": "since", "<": "until", "<=": "until"}


def conditions(filters) -> dict:
	"""The desk's filters as what the log can be asked for. A filter that it cannot answer is refused and not left out."""
	result: dict = {}
	for field, operator, value in _entries(filters):
		operator = str(operator).lower()
		if field in FILTERS and operator in ("=", "like") and isinstance(value, (str, int)):
			result[FILTERS[field]] = str(value).strip("%")
		elif field == "at" and operator == "between" and isinstance(value, (list, tuple)) and len(value) == 2:
			result["since"], result["until"] = get_datetime(value[0]), _end_of_day(value[1])
		elif field == "at" and operator in EDGES:
			result[EDGES[operator]] = get_datetime(value)
		else:
			frappe.throw(_("The access log cannot be filtered in this way. Use equals, or a time between two days."))
	return result


def _entries(filters):
	"""(field, operator, value) of each filter, in any of the shapes that the desk sends."""
	if isinstance(filters, dict):
		for field, value in filters.items():
			yield (field, *value) if isinstance(value, (list, tuple)) else (field, "=", value)
	for entry in filters if isinstance(filters, (list, tuple)) else ():
		yield entry[-3:] if len(entry) < 5 else entry[1:4]


def _end_of_day(value):
	whole_day = len(str(value)) <= len("2026-01-01")
	return get_datetime(f"{value} 23:59:59.999999" if whole_day else value)


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
	frappe.throw(_("The access log is not changed."), frappe.PermissionError)
