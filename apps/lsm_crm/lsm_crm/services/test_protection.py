"""Encryption, access log, erasure, retention and second factor: what holds, and what is refused."""

import json
import tempfile
from pathlib import Path
from unittest.mock import patch

import frappe
import pyotp
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_months, now_datetime

from lsm_crm.overrides import error_log, files
from lsm_crm.services import (
	encryption,
	erasure,
	insight,
	key_rotation,
	keys,
	personal_data,
	read_log,
	read_log_store,
	retention,
	second_factor,
)
from lsm_crm.tests.factories import make, make_case, make_client, make_help_request, make_user

WORD = "Zeezeiler"


def stored(doctype: str, name: str, field: str) -> str:
	return frappe.db.get_value(doctype, name, field)


def everywhere(word: str) -> list[str]:
	"""Tables of the site in whose text columns the word stands."""
	columns: dict[str, list[str]] = {}
	for table, column in frappe.db.sql(
		"""SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()
		AND data_type IN ('varchar', 'text', 'mediumtext', 'longtext', 'tinytext', 'json')"""
	):
		columns.setdefault(table, []).append(f"`{column}`")
	return [
		table
		for table, names in columns.items()
		if frappe.db.sql(
			f"SELECT 1 FROM `{table}` WHERE CONCAT_WS(' ', {', '.join(names)}) LIKE %s LIMIT 1", f"%{word}%"
		)
	]


class TestEncryption(FrappeTestCase):
	def test_stored_as_cipher_and_read_as_plain(self):
		note = make("Client Confidential", client=make_client().name, health=WORD)
		self.assertTrue(encryption.is_encrypted(stored("Client Confidential", note.name, "health")))
		self.assertEqual(frappe.get_doc("Client Confidential", note.name).health, WORD)
		note.health = WORD * 2
		note.save(ignore_permissions=True)
		self.assertEqual(note.health, WORD * 2)
		self.assertNotIn(WORD, stored("Client Confidential", note.name, "health"))

	def test_moved_and_changed_cipher_is_refused(self):
		one = encryption.encrypt(WORD, "Case Note", "A", "text")
		self.assertEqual(encryption.decrypt(one, "Case Note", "A", "text"), WORD)
		for place in (("Case Note", "B", "text"), ("Case Note", "A", "other"), ("Case", "A", "text")):
			with self.assertRaises(encryption.DecryptionError):
				encryption.decrypt(one, *place)
		with self.assertRaises(encryption.DecryptionError):
			encryption.decrypt(one[:-6] + "AAAAA=", "Case Note", "A", "text")

	def test_a_wrong_key_fails_loudly(self):
		one = encryption.encrypt(WORD, "Case Note", "A", "text")
		with (
			tempfile.TemporaryDirectory() as folder,
			patch.object(keys, "path", return_value=Path(folder) / "k.json"),
		):
			keys.ensure()
			with self.assertRaises((encryption.DecryptionError, keys.KeyFileError)):
				encryption.decrypt(one, "Case Note", "A", "text")

	def test_rotation_keeps_values_readable(self):
		record = make("Client Confidential", client=make_client().name, health=WORD)
		before = stored("Client Confidential", record.name, "health")
		with tempfile.TemporaryDirectory() as folder:
			copy = Path(folder) / "k.json"
			copy.write_bytes(keys.path().read_bytes())
			with patch.object(keys, "path", return_value=copy), patch.object(frappe.db, "commit"):
				keys.add_key()
				key_rotation.rewrite_doctype("Client Confidential")
				after = stored("Client Confidential", record.name, "health")
				self.assertNotEqual(before.split(":")[1], after.split(":")[1])
				self.assertEqual(frappe.get_doc("Client Confidential", record.name).health, WORD)

	def test_what_is_pickled_holds_no_plain_text(self):
		import pickle

		record = make("Client Confidential", client=make_client().name, health=WORD)
		raw = pickle.dumps(record)
		self.assertNotIn(WORD.encode(), raw)
		self.assertEqual(pickle.loads(raw).health, WORD)

	def test_private_files_are_cipher_on_disk(self):
		file = frappe.get_doc({"doctype": "File", "file_name": "geheim.txt", "is_private": 1, "content": WORD}).insert()
		self.assertTrue(Path(file.get_full_path()).read_bytes().startswith(encryption.FILE_MAGIC))
		self.assertEqual(frappe.get_doc("File", file.name).get_content(), WORD)

	def test_deleted_documents_and_error_logs_keep_nothing(self):
		client = make_client(last_name=WORD)
		frappe.delete_doc("Client", client.name, ignore_permissions=True, force=True)
		data = frappe.db.get_value("Deleted Document", {"deleted_name": client.name}, "data")
		self.assertNotIn(WORD, data or "")
		try:
			secret = WORD
			raise ValueError(secret)
		except ValueError:
			log = frappe.log_error(title=f"failed for {WORD}@example.org")
		self.assertNotIn(WORD, log.error + log.method)
		self.assertIn("ValueError", log.error)

	def test_scrubbed_traceback_keeps_frames(self):
		text = 'Traceback\n  File "a.py", line 3, in f\n    x = 1\n      x = "Jansen"\nbuiltins.KeyError: "Jansen"'
		self.assertEqual(error_log.scrub(text), '  File "a.py", line 3, in f\nbuiltins.KeyError')


class TestFiles(FrappeTestCase):
	def test_kinds(self):
		png = b"\x89PNG\r\n\x1a\n"
		for name, content in (
			("a.svg", b"<svg/>"),
			("a.html", b"x"),
			("a", b"x"),
			("a.pdf", b"<html>"),
			("a.png", png + b"x"),
		):
			with self.subTest(name=name), self.assertRaises(files.FileKindError):
				files.checked(name, content)
		with self.assertRaises(files.FileKindError):
			files.checked("a.pdf", b"%PDF-1.7 /OpenAction << /S /JavaScript >>")
		self.assertEqual(files.checked("a.txt", b"hello"), b"hello")

	def test_pictures_are_made_anew(self):
		import io

		from PIL import Image

		out = io.BytesIO()
		Image.new("RGB", (3, 3)).save(out, "PNG")
		clean = files.checked("a.png", out.getvalue() + b"<script>hidden</script>")
		self.assertNotIn(b"hidden", clean)


class TestReadLog(FrappeTestCase):
	def test_recorded_found_and_whole(self):
		client = make_client()
		before = read_log.count({"subject": client.name})
		read_log.record("form", "Client", [client.name])
		rows = read_log.find({"subject": client.name})
		self.assertEqual(len(rows), before + 1)
		self.assertEqual(rows[0]["subjects"], [f"Client {client.name}"])
		self.assertEqual(read_log.verify(), [])

	def test_a_lost_connection_is_opened_again_for_who_reads(self):
		with read_log_store.connection() as (db, _table):
			db._conn.close()  # as after a restart of the database
		self.assertGreaterEqual(read_log.count(), 0)

	def test_nobody_changes_or_removes_a_row(self):
		read_log.record("form", "Client", [make_client().name])
		with read_log_store.connection() as (db, table):
			for query in (f"UPDATE {table} SET actor = 'x'", f"DELETE FROM {table}"):
				with self.assertRaises(Exception):  # noqa: B017  the database's own refusal
					db.sql(query)

	def test_it_goes_on_from_the_database_where_the_head_s_file_is_behind_or_gone(self):
		client = make_client().name
		read_log.record("form", "Client", [client])
		number, _digest = read_log_store.kept_head()
		file = read_log_store.head_file()
		before = file.read_text()
		read_log.record("form", "Client", [client])  # of which a kill left nothing in the file
		for content in (before, ""):
			file.write_text(content)
			read_log.record("form", "Client", [client])
		self.assertEqual(read_log_store.kept_head()[0], number + 3)
		self.assertEqual(read_log.verify(), [])

	def test_a_missing_end_and_a_changed_row_show(self):
		read_log.record("form", "Client", [make_client().name])
		number, digest = read_log_store.kept_head()
		with patch.object(read_log_store, "kept_head", return_value=(number + 5, digest)):
			self.assertTrue(read_log.verify())
		real = read_log._rows_after

		def changed(last):
			rows = real(last)
			for row in rows[-1:]:
				row["door"] = "other"
			return rows

		with patch.object(read_log, "_rows_after", changed):
			self.assertTrue(read_log.verify())

	def test_papers_lead_to_their_person(self):
		client = make_client()
		case = make_case(client.name)
		self.assertEqual(personal_data.subjects_of("Case", [case.name]), [("Client", client.name)])


class TestErasure(FrappeTestCase):
	def setUp(self):
		self.word = f"Zeezeiler{frappe.generate_hash(length=6)}"

	def person(self) -> tuple[str, dict]:
		client = make_client(
			first_name=self.word,
			last_name=f"van {self.word}",
			email=f"{self.word.lower()}@example.org",
			contact_notes=self.word,
		)
		case = make_case(client.name, subject=self.word)
		make("Client Confidential", client=client.name, health=self.word)
		request = make_help_request(client=client.name, contact_name=self.word, note=self.word)
		case.add_comment("Comment", self.word)
		client.reload()
		client.city = self.word
		client.save(ignore_permissions=True)
		frappe.get_doc(
			{
				"doctype": "File",
				"file_name": f"{self.word}.txt",
				"is_private": 1,
				"content": self.word,
				"attached_to_doctype": "Case",
				"attached_to_name": case.name,
			}
		).insert(ignore_permissions=True)
		return client.name, {"case": case.name, "request": request.name}

	def test_who_had_this_person_as_guardian_stays(self):
		client, _records = self.person()
		child = make_client(first_name="Kindvan", guardian=client, date_of_birth="2019-05-01")
		with (
			tempfile.TemporaryDirectory() as folder,
			patch.object(erasure, "list_file", return_value=Path(folder) / "x"),
		):
			erasure.erase("Client", client)
		stored = frappe.db.get_value("Client", child.name, ["first_name", "guardian"], as_dict=True)
		self.assertEqual(stored.first_name, "Kindvan")
		self.assertNotEqual(stored.guardian, client)

	def test_a_line_without_the_moment_is_done_again_too(self):
		client, _records = self.person()
		with tempfile.TemporaryDirectory() as folder:
			path = Path(folder) / "erased"
			path.write_text(json.dumps({"kind": "Client", "name": client, "at": "2026-01-01"}) + "\n")
			with patch.object(erasure, "list_file", return_value=path), patch.object(frappe.db, "commit"):
				self.assertEqual(erasure.replay(), 1)
		self.assertEqual(everywhere(client), [])

	def test_the_case_of_somebody_else_keeps_all_but_the_row_about_this_person(self):
		client, _records = self.person()
		case = make_case(client=make_client(first_name="Anderiemand").name, subject="Brief over de huur")
		case.append("parties", {"relation": "Opposing party", "client": client, "party_name": f"Buur {self.word}"})
		case.save()
		with (
			tempfile.TemporaryDirectory() as folder,
			patch.object(erasure, "list_file", return_value=Path(folder) / "x"),
		):
			erasure.erase("Client", client)
		case.reload()
		self.assertEqual(case.subject, "Brief over de huur")
		self.assertFalse(case.parties[-1].party_name)
		self.assertEqual(everywhere(self.word), [])
		self.assertEqual(everywhere(client), [])

	def test_nothing_is_left_and_statistics_stay(self):
		client, others = self.person()
		self.assertTrue(everywhere(self.word))
		counts = {doctype: frappe.db.count(doctype) for doctype in ("Help Request", "Case", "Client")}
		topics = frappe.db.count("Help Request", {"main_topic": "Social"})
		with (
			tempfile.TemporaryDirectory() as folder,
			patch.object(erasure, "list_file", return_value=Path(folder) / "erased"),
		):
			receipt = erasure.erase("Client", client)
			self.assertIn(client, (Path(folder) / "erased").read_text())
		self.assertEqual(everywhere(self.word), [])
		self.assertEqual(everywhere(client), [])
		self.assertEqual(receipt["Case"], 1)
		self.assertEqual(counts, {doctype: frappe.db.count(doctype) for doctype in counts})
		self.assertEqual(topics, frappe.db.count("Help Request", {"main_topic": "Social"}))
		self.assertTrue(str(frappe.db.get_value("Case", others["case"], "client")).startswith("ERASED-"))

	def test_a_legal_hold_is_respected(self):
		client, _others = self.person()
		make("Legal Hold", subject_type="Client", subject=client, reason="a claim")
		with self.assertRaises(erasure.HeldError):
			erasure.erase("Client", client)
		self.assertTrue(frappe.db.exists("Client", client))

	def test_insight_holds_all_and_decrypted(self):
		client, _others = self.person()
		content = json.dumps(insight.build("Client", client), default=str)
		self.assertIn(self.word, content)
		self.assertNotIn(encryption.PREFIX, content)


class TestRetention(FrappeTestCase):
	def test_dry_run_then_run(self):
		old, new = make_help_request(note=WORD), make_help_request(note=WORD)
		frappe.db.set_value(
			"Help Request", old.name, "creation", add_months(now_datetime(), -30), update_modified=False
		)
		rule = frappe.get_doc("Retention Rule", "Help Request")
		frappe.db.set_default("lsm_retention_help_request", None)
		self.assertIn(old.name, retention.due(rule))
		self.assertNotIn(new.name, retention.due(rule))
		with patch.object(frappe.db, "commit"):
			retention.apply(rule)
		self.assertFalse(stored("Help Request", old.name, "note"))
		self.assertEqual(frappe.get_doc("Help Request", new.name).note, WORD)


class TestSecondFactor(FrappeTestCase):
	def setUp(self):
		self.user = make_user("LSM Case Worker", email="tweede-stap@example.org").name
		second_factor.reset(self.user)
		for name in ("pass_session",):
			patcher = patch.object(second_factor, name)
			patcher.start()
			self.addCleanup(patcher.stop)
		commit = patch.object(frappe.db, "commit")
		commit.start()
		self.addCleanup(commit.stop)

	def enrol(self) -> tuple[pyotp.TOTP, list[str]]:
		totp = pyotp.TOTP(second_factor.begin(self.user)["secret"])
		return totp, second_factor.confirm(self.user, totp.now())

	def test_secret_is_encrypted_and_codes_work_once(self):
		totp, codes = self.enrol()
		self.assertNotIn(totp.secret, everywhere(totp.secret))
		with self.assertRaises(second_factor.SecondFactorError):
			second_factor.verify(self.user, totp.now())  # the enrolment used this one
		second_factor.verify(self.user, codes[0])
		with self.assertRaises(second_factor.SecondFactorError):
			second_factor.verify(self.user, codes[0])

	def test_wrong_codes_lock(self):
		self.enrol()
		for _attempt in range(second_factor.MAX_FAILURES):
			with self.assertRaises(second_factor.SecondFactorError):
				second_factor.verify(self.user, "000000")
		with self.assertRaisesRegex(second_factor.SecondFactorError, "Too many"):
			second_factor.verify(self.user, "000000")

	def test_a_code_with_other_letters_is_a_wrong_code(self):
		self.enrol()
		for code in ("Õ23456", "١٢٣٤٥٦", "\ud800" * 6, "é" * second_factor.RECOVERY_LENGTH):
			with self.assertRaisesRegex(second_factor.SecondFactorError, "not right"):
				second_factor.verify(self.user, code)

	def test_enrolment_is_done_once(self):
		self.enrol()
		with self.assertRaises(second_factor.SecondFactorError):
			second_factor.begin(self.user)
