"""From the bytes of a file to rows of text, or one sentence that says why it cannot be read."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from frappe import _

from lsm_crm.exceptions import ImportFileError

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 60
MAX_CELL = 4_000
_ENCODINGS = ("utf-8-sig", "cp1252")


def rows_of(content: bytes) -> tuple[list[list[str]], str]:
	"""Return the rows with their header as the first, and the encoding that the file was read in."""
	if not content.strip():
		raise ImportFileError(_("The file is empty."))
	if len(content) > MAX_BYTES:
		raise ImportFileError(_("The file is larger than {0} MB. Split it.").format(MAX_BYTES // 1024 // 1024))
	if content.startswith(b"PK\x03\x04"):
		rows, encoding = _from_xlsx(content), "XLSX"
	elif content.startswith(b"\xd0\xcf\x11\xe0"):
		raise ImportFileError(_("This is an old Excel file (.xls). Save it as .xlsx or as CSV."))
	else:
		rows, encoding = _from_csv(content)
	kept = [row for row in rows if any(cell.strip() for cell in row)]
	if len(kept) < 2:
		raise ImportFileError(_("The file has a header at most and no rows."))
	if len(kept) - 1 > MAX_ROWS:
		raise ImportFileError(_("The file has more than {0} rows. Split it.").format(MAX_ROWS))
	return kept, encoding


def _from_csv(content: bytes) -> tuple[list[list[str]], str]:
	if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
		encodings: tuple[str, ...] = ("utf-16",)
	else:
		encodings = _ENCODINGS
	for encoding in encodings:
		try:
			text = content.decode(encoding)
			break
		except UnicodeError:
			continue
	else:
		raise ImportFileError(_("The file is no text that can be read. Save it as CSV in UTF-8."))
	if "\x00" in text:
		raise ImportFileError(_("The file is no text that can be read. Save it as CSV in UTF-8."))
	first = text.split("\n", 1)[0]
	separator = max((";", ",", "\t"), key=first.count)
	try:
		rows = [_cut(row) for row in csv.reader(io.StringIO(text), delimiter=separator, strict=True)]
	except csv.Error as error:
		raise ImportFileError(_("The file breaks off or has an unclosed quotation mark: {0}.").format(error)) from None
	return rows, encoding


def _from_xlsx(content: bytes) -> list[list[str]]:
	import openpyxl

	try:
		with zipfile.ZipFile(io.BytesIO(content)) as archive:
			if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
				raise ImportFileError(_("The file unpacks to more than this program reads. Split it."))
		book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
		return [_cut([_as_text(cell) for cell in row]) for row in _cells(book.active)]
	except ImportFileError:
		raise
	except Exception:  # a damaged workbook fails in many ways
		raise ImportFileError(_("The file is no whole Excel file. Save it anew, or as CSV.")) from None


def _cells(sheet) -> Iterator[tuple]:
	for number, row in enumerate(sheet.iter_rows(values_only=True)):
		if number > MAX_ROWS + 1:
			break
		yield row


def _as_text(value) -> str:
	if value is None:
		return ""
	if isinstance(value, datetime | date):
		return value.strftime("%Y-%m-%d")
	if isinstance(value, float) and value.is_integer():
		return str(int(value))
	return str(value)


def _cut(row: list[str]) -> list[str]:
	if len(row) > MAX_COLUMNS:
		raise ImportFileError(_("The file has more than {0} columns.").format(MAX_COLUMNS))
	return [cell[:MAX_CELL] for cell in row]
