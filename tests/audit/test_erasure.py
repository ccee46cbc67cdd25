"""Erasing a person: nothing of them is left in any table, file or cache; figures stay what they were; a legal hold is respected; the
nightly retention, killed half-way, leaves each record whole or done and goes on the next night."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import time
from pathlib import Path

import pytest

from config.services.bench import ROOT
from config.services.site import python
from tests.figures import figure
from tests.support import BENCH

TEXTS = ("Data", "Small Text", "Long Text", "Text", "Text Editor", "Code", "Markdown Editor", "HTML Editor", "JSON")
WHOLE, SHORT = 60, 12


def raw(frappe, doctype: str, word: str, **values) -> str:
	"""A row with the word in every text, without any controller."""
	from frappe.model.naming import is_autoincremented

	doc = frappe.new_doc(doctype)
	for field in frappe.get_meta(doctype).fields:
		if field.fieldtype in TEXTS and not field.is_virtual and field.options in (None, "", "Email", "Phone"):
			doc.set(field.fieldname, word[: field.length or 140])
	doc.update(values)
	counted = is_autoincremented(doctype)
	doc.name = frappe.db.get_next_sequence_val(doctype) if counted else f"ERAS-{secrets.token_hex(5)}"
	doc.owner = doc.modified_by = "Administrator"
	doc.creation = doc.modified = frappe.utils.now()
	for field in frappe.get_meta(doctype).get_table_fields():
		doc.set(field.fieldname, [])
	doc.db_insert()
	return doc.name


def plant(frappe, subject: str, word: str, other: str) -> tuple[str, int]:
	"""A person with a record of every kind that can be about them, and every copy that the framework makes. (name, number of rows).

	`other` stands in the records of somebody else who only leads to this person: a child of this guardian, a ride mate."""
	from lsm_crm.services import erasure, personal_data

	person = raw(frappe, subject, word)
	records, of_others = [(subject, person)], []
	for doctype, fields in personal_data.links().items():
		meta = frappe.get_meta(doctype)
		for field, target in fields.items():
			if target != subject or field == "name" or meta.issingle:
				continue
			values = {field: person}
			if doctype in personal_data.SUBJECTS and (doctype, field) not in personal_data.SAME_PERSON:
				of_others.append((doctype, raw(frappe, doctype, other, **values)))
				changed = json.dumps({"changed": [[field, None, person]], "note": other})
				raw(frappe, "Version", other, ref_doctype=doctype, docname=of_others[-1][1], data=changed)
				continue
			if meta.istable:
				parent_type = personal_data.parents()[doctype][0]
				table = next(f for f in frappe.get_meta(parent_type).get_table_fields() if f.options == doctype)
				parent = raw(frappe, parent_type, word)
				records.append((parent_type, parent))
				values.update(parent=parent, parenttype=parent_type, parentfield=table.fieldname)
			records.append((doctype, raw(frappe, doctype, word, **values)))
	own = [(doctype, name, word) for doctype, name in records if not frappe.get_meta(doctype).istable]
	for doctype, name, says in [*own, *((doctype, name, other) for doctype, name in of_others)]:
		for copy, (type_field, name_field) in erasure.COPIES.items():
			meta = frappe.get_meta(copy)
			if frappe.db.table_exists(copy) and meta.has_field(name_field):
				raw(frappe, copy, says, **{type_field: doctype, name_field: name})
		if subject == doctype or doctype == "Case":
			file = frappe.get_doc(
				{
					"doctype": "File",
					"file_name": f"{says}-{secrets.token_hex(3)}.txt",
					"is_private": 1,
					"content": f"{says} {secrets.token_hex(8)}",
					"attached_to_doctype": doctype,
					"attached_to_name": name,
				}
			)
			file.insert(ignore_permissions=True)
	frappe.db.commit()
	return person, len(records)


def everywhere(frappe, *words: str) -> list[str]:
	"""Tables, files and keys of Redis in which one of the words stands."""
	frappe.db.rollback()
	columns: dict[str, list[str]] = {}
	for table, column in frappe.db.sql(
		"""SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()
		AND data_type IN ('varchar', 'text', 'mediumtext', 'longtext', 'tinytext', 'json', 'char')"""
	):
		columns.setdefault(table, []).append(f"`{column}`")
	found = []
	for table, names in columns.items():
		text = f"CONCAT_WS(' ', {', '.join(names)})"
		if any(frappe.db.sql(f"SELECT 1 FROM `{table}` WHERE {text} LIKE %s LIMIT 1", f"%{word}%") for word in words):
			found.append(table)
	for path in Path(frappe.get_site_path()).rglob("*"):
		if path.is_file() and any(word in path.name or word.encode() in path.read_bytes() for word in words):
			found.append(str(path.name))
	return found


def figures_now(frappe) -> dict:
	"""What reports count: rows of each kind by state, and the year's roll-up."""
	from lsm_crm.services.figures import roll_up

	roll_up.update()
	counted = {
		doctype: frappe.db.count(doctype)
		for doctype in ("Client", "Case", "Help Request", "Volunteer", "Event Registration")
	}
	rows = frappe.db.sql(
		"SELECT figure, grain, day, dimension, item, SUM(amount), SUM(people) FROM `tabDaily Figure` GROUP BY 1, 2, 3, 4, 5"
	)
	return {**counted, "roll-up": sorted(map(str, rows))}


@pytest.mark.parametrize("subject", ["Client", "Volunteer", "Pupil"])
def test_nothing_of_the_person_is_left(frappe_site, subject, request):
	from lsm_crm.services import erasure

	word, other = (f"{start}{secrets.token_hex(6)}" for start in ("Zeezeil", "Landzeil"))
	person, records = plant(frappe_site, subject, word, other)
	planted, number = everywhere(frappe_site, word), frappe_site.db.count(subject)
	of_others = everywhere(frappe_site, other)
	numbers = [person, *frappe_site.get_all("Client", filters={"merged_into": person}, pluck="name")]
	whole = request.config.getoption("--audit")
	figures = figures_now(frappe_site) if whole else {}
	entries = erasure.list_file().read_text() if erasure.list_file().exists() else ""
	receipt = erasure.erase(subject, person)
	frappe_site.db.commit()
	left, lost = everywhere(frappe_site, word, *numbers), set(of_others) - set(everywhere(frappe_site, other))
	same = figures == (figures_now(frappe_site) if whole else {})
	erasure.list_file().write_text(entries)
	figure(
		"erasure",
		f"{subject}: {records} records and their copies in {len(planted)} tables and files; {len(left)} left {left or ''}; "
		f"of {len(of_others)} places about somebody else {len(lost)} lost; "
		f"figures {'unchanged' if same else 'CHANGED'}",
		"0 left, 0 lost, unchanged",
	)
	assert len(planted) > 10 and sum(receipt.values()) >= 2
	assert left == []
	assert not lost and bool(of_others) == (subject != "Volunteer")
	assert same and frappe_site.db.count(subject) == number


def test_a_person_gets_everything_in_one_file(frappe_site):
	"""As a page to read and as JSON, with every kind of record, decrypted, and the clock of one month."""
	import io

	from pypdf import PdfReader

	from lsm_crm.services import erasure, insight, personal_data
	from lsm_crm.tests.factories import make

	word, other = (f"{start}{secrets.token_hex(6)}" for start in ("Inzage", "Uitzage"))
	person, _records = plant(frappe_site, "Client", word, other)
	request = make(
		"Data Request", request_type="Access", subject_type="Client", subject=person, received_on="2026-11-01"
	)
	given = {}
	for address in insight.attach(request):
		file = frappe_site.get_doc("File", {"file_url": address})
		given[address.rsplit(".", 1)[-1]] = file.get_content()
	records = json.loads(given["json"])["records"]
	pages = "".join(page.extract_text() for page in PdfReader(io.BytesIO(given["pdf"])).pages)
	wanted = {d for d in personal_data.records_of("Client", person) if d not in insight.SKIPPED}
	figure(
		"erasure",
		f"insight: {len(records)} of {len(wanted)} kinds of records, {pages.count(word)} places in {len(pages)} signs of PDF; "
		f"to be answered by {request.due_on}",
		"every kind, one month",
	)
	assert wanted <= records.keys() and word in json.dumps(records) and word in pages
	assert other not in json.dumps(records) and other not in pages
	assert str(request.due_on) == "2026-12-01" and request.days_left is not None
	entries = erasure.list_file().read_text() if erasure.list_file().exists() else ""
	frappe_site.delete_doc("Data Request", request.name, force=True)
	erasure.erase("Client", person)
	frappe_site.db.commit()
	erasure.list_file().write_text(entries)


def test_a_legal_hold_stops_erasure_and_retention(frappe_site):
	from lsm_crm.services import erasure, retention
	from lsm_crm.tests.factories import make, make_client, make_help_request

	client = make_client().name
	old = make_help_request(client=client, note="held").name
	frappe_site.db.set_value("Help Request", old, "creation", "2020-01-01", update_modified=False)
	hold = make("Legal Hold", subject_type="Client", subject=client, reason="a claim")
	rule = frappe_site.get_doc("Retention Rule", "Help Request")
	frappe_site.db.set_default("lsm_retention_help_request", None)
	with pytest.raises(erasure.HeldError):
		erasure.erase("Client", client)
	held = old not in retention.due(rule)
	hold.db_set("active", 0)
	figure("erasure", f"legal hold: erasure refused, retention {'waits' if held else 'does NOT wait'}", "respected")
	assert held and old in retention.due(rule)
	frappe_site.db.rollback()


KILLED = """
import os, sys, time, frappe
frappe.init(site=sys.argv[1], sites_path="."); frappe.connect()
from lsm_crm.services import erasure, retention
retention.BATCH, inner = 5, erasure.anonymise
def slowly(*args):
	time.sleep(0.1); inner(*args)
erasure.anonymise = slowly
print("begun", flush=True)
print("end", retention.apply(frappe.get_doc("Retention Rule", "Help Request")), flush=True)
"""


def test_retention_killed_half_way_goes_on(frappe_site, request):
	from lsm_crm.services import retention
	from lsm_crm.tests.factories import make_help_request

	number = WHOLE if request.config.getoption("--audit") else SHORT
	names = [
		make_help_request(contact_name=f"Oud {n}", contact_phone="0612345678", note="old", wants_follow_up=1).name
		for n in range(number)
	]
	table = frappe_site.qb.DocType("Help Request")
	frappe_site.qb.update(table).set(table.creation, "2019-01-01").where(table.name.isin(names)).run()
	frappe_site.db.set_default("lsm_retention_help_request", None)
	frappe_site.db.commit()
	process = subprocess.Popen(
		[python(), "-c", KILLED, BENCH.site],
		cwd=BENCH.sites,
		env={**BENCH.environment(), "PYTHONPATH": str(ROOT)},
		stdout=subprocess.PIPE,
		text=True,
	)
	assert process.stdout and process.stdout.readline().strip() == "begun"

	def states() -> list[tuple[bool, bool]]:
		frappe_site.db.rollback()
		rows = frappe_site.get_all("Help Request", filters={"name": ("in", names)}, fields=["contact_name", "note"])
		return [(bool(row.contact_name), bool(row.note)) for row in rows]

	while (False, False) not in states():
		assert process.poll() is None, "it ended before it could be killed"
		time.sleep(0.05)
	os.kill(process.pid, signal.SIGKILL)
	process.wait()
	between = states()
	retention.apply(frappe_site.get_doc("Retention Rule", "Help Request"))
	after = states()
	half = sum(name != note for name, note in between)
	done = between.count((False, False))
	figure(
		"erasure",
		f"retention killed: {done} of {number} done, {half} half; the next run: {after.count((False, False))} done",
		"none half, all done",
	)
	assert half == 0 and 0 < done < number
	assert after.count((False, False)) == number == len(after)
	frappe_site.db.set_default("lsm_retention_help_request", None)
	frappe_site.db.commit()
