import csv
import io
import os
import time

import frappe
import openpyxl
from frappe.tests.utils import FrappeTestCase

from lsm_crm.exceptions import ImportFileError
from lsm_crm.services.register_import import reading, running
from lsm_crm.tests.factories import acting_as, make_user

WHOLE = bool(os.environ.get("LSM_AUDIT"))
ROWS = 100_000 if WHOLE else 20_000
HEADER = ["Datum", "Onderwerp", "Taal", "Wijk", "Dienst", "Minuten", "Opmerking"]
GOOD = ["27-03-2021", "Schuldhulp", "Arabisch", "Merenwijk", "Advies", "15", "Belde later terug"]


def as_csv(rows: list[list[str]], separator: str = ";", encoding: str = "utf-8") -> bytes:
	out = io.StringIO()
	csv.writer(out, delimiter=separator).writerows(rows)
	return out.getvalue().encode(encoding)


def as_xlsx(rows: list[list]) -> bytes:
	book = openpyxl.Workbook()
	for row in rows:
		book.active.append(row)
	out = io.BytesIO()
	book.save(out)
	return out.getvalue()


class TestRegisterImport(FrappeTestCase):
	def start(self, content: bytes, name: str = "register.csv"):
		record = frappe.get_doc({"doctype": "Register Import", "file": "/private/files/x"}).insert()
		file = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": f"{frappe.generate_hash(length=8)}-{name}",
				"content": content,
				"is_private": 1,
				"attached_to_doctype": "Register Import",
				"attached_to_name": record.name,
			}
		).insert()
		record.db_set("file", file.file_url)
		return record

	def checked(self, content: bytes, name: str = "register.csv"):
		record = self.start(content, name)
		running.check(record)
		record.reload()
		return record

	def test_dutch_csv_is_tried_then_taken_over(self):
		record = self.checked(as_csv([HEADER, GOOD, GOOD, ["2021-04-02", "Debt help, Benefits", "", "", "", "", ""]]))
		self.assertEqual((record.status, record.row_count, record.good_count, record.bad_count), ("Checked", 3, 3, 0))
		before = frappe.db.count("Help Request")
		running.take_over(record)
		self.assertEqual(frappe.db.count("Help Request"), before + 3)
		request = frappe.get_last_doc("Help Request", {"source": "Register", "request_date": "2021-03-27"})
		self.assertEqual(
			(request.main_topic, request.language, request.area, request.minutes, request.workflow_state),
			("Debt help", "ar", "Merenwijk", 15, "Answered"),
		)
		self.assertEqual((request.services[0].service_type, request.note), ("Advice", "Belde later terug"))

	def test_the_same_file_twice_adds_nothing(self):
		content = as_csv([HEADER, GOOD, ["28-03-2021", *GOOD[1:]]])
		running.take_over(self.checked(content))
		again = self.checked(content)
		self.assertEqual(again.double_count, 2)
		self.assertEqual(running.take_over(again)["imported_count"], 0)

	def test_each_bad_row_has_its_reasons_and_nothing_is_taken_over(self):
		rows = [
			HEADER,
			GOOD,
			["31-02-2021", *GOOD[1:]],
			["27-03-2099", *GOOD[1:]],
			[GOOD[0], "Voetbal", *GOOD[2:]],
			[GOOD[0], "", *GOOD[2:]],
			[*GOOD[:2], "Klingon", *GOOD[3:]],
			[*GOOD[:5], "veel", GOOD[6]],
			[*GOOD[:6], "bsn 123456782"],
			GOOD[:1],
		]
		record = self.checked(as_csv(rows))
		bad = {row["row"]: row["why"][0] for row in frappe.parse_json(record.bad_rows)}
		self.assertEqual(sorted(bad), [3, 4, 5, 6, 7, 8, 9, 10])
		self.assertIn("no date", bad[3])
		self.assertIn("Voetbal", bad[5])
		self.assertIn("BSN", bad[9])
		before = frappe.db.count("Help Request")
		with self.assertRaisesRegex(frappe.ValidationError, "mend the rows"):
			running.take_over(record)
		self.assertEqual(frappe.db.count("Help Request"), before)

	def test_encodings_separators_and_excel(self):
		rows = [HEADER, [*GOOD[:6], "café – reünie"]]
		for content, encoding in (
			(as_csv(rows), "utf-8-sig"),
			(as_csv(rows, ",", "utf-8-sig"), "utf-8-sig"),
			(as_csv(rows, "\t", "cp1252"), "cp1252"),
			(as_csv(rows, ";", "utf-16"), "utf-16"),
			(as_xlsx(rows), "XLSX"),
		):
			record = self.checked(content, "r.xlsx" if encoding == "XLSX" else "r.csv")
			self.assertEqual((record.good_count, record.encoding), (1, encoding), record.message)

	def test_files_that_cannot_be_read_say_why(self):
		for content, words in (
			(b"", "empty"),
			(b"Datum;Onderwerp\n", "no rows"),
			(b"a,b\n1,2\n", "columns are missing"),
			(as_csv([["Datum", "Onderwerp", "Schoenmaat"], ["27-03-2021", "Schuldhulp", "42"]]), "Schoenmaat"),
			(as_csv([["Datum", "Onderwerp", "Topic"], ["27-03-2021", "Schuldhulp", "x"]]), "stands twice"),
			(b"Datum;Onderwerp\n\x00\x01\x02;\x00", "no text"),
			(b'Datum;Onderwerp\n"27-03-2021;Schuldhulp\n', "unclosed"),
			(b"PK\x03\x04 no workbook", "no whole Excel"),
			(b"\xd0\xcf\x11\xe0old", "old Excel"),
			(b"x" * (reading.MAX_BYTES + 1), "larger than"),
		):
			with self.assertRaisesRegex(ImportFileError, words):
				from lsm_crm.services.register_import.columns import places

				places(reading.rows_of(content)[0][0])

	def test_only_the_coordinator(self):
		front = make_user("LSM Front Office", email="front.one@example.org")
		with self.assertRaises(frappe.PermissionError), acting_as(front):
			frappe.get_doc({"doctype": "Register Import", "file": "/private/files/x"}).insert()

	def test_many_rows(self):
		days = [f"{day:02}-{month:02}-2021" for month in range(1, 13) for day in range(1, 29)]
		rows = [HEADER] + [[days[n % len(days)], *GOOD[1:5], str(n % 90), f"rij {n}"] for n in range(ROWS)]
		record = self.start(as_csv(rows))
		start = time.monotonic()
		running.check(record)
		middle = time.monotonic()
		record.reload()
		self.assertEqual((record.good_count, record.bad_count), (ROWS, 0))
		running.take_over(record)
		end = time.monotonic()
		checking, storing = ROWS / (middle - start), ROWS / (end - middle)
		print(f"\nRegister of {ROWS} rows: checked {checking:.0f} rows/s, checked and stored {storing:.0f} rows/s")
		self.assertEqual(
			frappe.db.count("Help Request", {"source": "Register", "source_key": ("like", "register:%")}) >= ROWS, True
		)
		self.assertLess(end - start, 300)
