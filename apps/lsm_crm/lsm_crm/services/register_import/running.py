"""The two steps of an import: try the file, then take it over whole."""

import hashlib
import json

import frappe
from frappe import _
from frappe.model.document import Document

from lsm_crm.exceptions import ImportFileError
from lsm_crm.services import outbox
from lsm_crm.services.register_import import storing
from lsm_crm.services.register_import.checking import Checker, Row
from lsm_crm.services.register_import.columns import places
from lsm_crm.services.register_import.reading import rows_of

AT_ONCE = 5_000  # rows
SHOWN = 1_000  # bad rows in the list; their number is always whole


def check(record: Document) -> dict:
	"""Try the file: nothing is stored but what was found."""
	try:
		good, bad, encoding, digest = _checked(record)
	except ImportFileError as error:
		return _write(
			record, status="Failed", message=str(error), row_count=0, good_count=0, bad_count=0, bad_rows="[]"
		)
	known = storing.known_keys(good)
	message = _("{0} rows can be taken over.").format(len(good) - len(known))
	if bad:
		message = _(
			"{0} rows are not right. Mend them in the file and try it again: nothing is taken over in part."
		).format(len(bad))
	return _write(
		record,
		status="Checked",
		message=message,
		row_count=len(good) + len(bad),
		good_count=len(good),
		bad_count=len(bad),
		double_count=len(known),
		encoding=encoding,
		file_hash=digest,
		bad_rows=json.dumps(
			[{"row": row.number, "why": row.reasons} for row in bad[:SHOWN]], ensure_ascii=False, indent=1
		),
	)


def take_over(record: Document) -> dict:
	"""Store every row of a checked file, or none and say why."""
	record = frappe.get_doc("Register Import", record.name, for_update=True)
	if record.status == "Imported":
		return record.as_dict()
	if record.status != "Checked" or record.bad_count:
		frappe.throw(_("Check the file first, and mend the rows that are not right."), title=_("Import"))
	good, bad, _encoding, digest = _checked(record)
	if bad or digest != record.file_hash:
		frappe.throw(_("The file changed since it was checked. Check it again."), title=_("Import"))
	known = storing.known_keys(good)
	frappe.db.savepoint("register")
	try:
		count = storing.store([row for row in good if row.key not in known])
	except Exception:
		frappe.db.rollback(save_point="register")
		raise
	return _write(record, status="Imported", imported_count=count, message=_("{0} rows were taken over.").format(count))


def start(record: Document) -> dict:
	"""Take a small file over at once, and a large one in the background, where no browser waits for it."""
	if record.row_count <= AT_ONCE or record.status != "Checked":
		return take_over(record)
	outbox.enqueue(
		"lsm_crm.services.register_import.running.take_over_by_name",
		queue="long",
		timeout=3600,
		name=record.name,
	)
	return _write(record, message=_("The file is being taken over. Look again in a few minutes."))


def take_over_by_name(name: str) -> None:
	"""The same in a background job; safe to run twice, and a failure is shown in the record."""
	try:
		take_over(frappe.get_doc("Register Import", name))
	except frappe.ValidationError as error:
		frappe.db.rollback()
		_write(frappe.get_doc("Register Import", name), message=str(error))


def _checked(record: Document) -> tuple[list[Row], list[Row], str, str]:
	content = _content(record)
	rows, encoding = rows_of(content)
	where = places(rows[0])
	checker = Checker(record.default_volunteer or record.owner, record.default_channel)
	checked = [checker.check(number, cells, where) for number, cells in enumerate(rows[1:], 2)]
	good = [row for row in checked if not row.reasons]
	return good, [row for row in checked if row.reasons], encoding, hashlib.sha256(content).hexdigest()


def _content(record: Document) -> bytes:
	name = frappe.db.get_value(
		"File",
		{"file_url": record.file, "attached_to_doctype": "Register Import", "attached_to_name": record.name},
		"name",
	)
	if not name:
		raise ImportFileError(_("There is no file with this record. Attach it again."))
	content = frappe.get_doc("File", name).get_content()
	return content if isinstance(content, bytes) else content.encode()


def _write(record: Document, **values) -> dict:
	record.db_set(values)
	return record.as_dict()
