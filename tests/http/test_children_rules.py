"""Rules that protect children hold by every door: REST, the desk's save, an import, another program."""

import csv
import io
import json

import pytest
from frappe.utils import add_days, add_to_date, getdate, now_datetime


@pytest.fixture
def lead(as_role):
	return as_role("LSM Activity Lead")


@pytest.fixture
def made(frappe_site):
	names = []
	yield names
	frappe_site.db.rollback()
	frappe_site.set_user("Administrator")
	for doctype, name in reversed(names):
		for table in frappe_site.get_meta(doctype).get_table_fields():
			frappe_site.db.delete(table.options, {"parent": name, "parenttype": doctype})
		frappe_site.db.delete(doctype, {"name": name})
	frappe_site.db.commit()


def pupil(**values) -> dict:
	return {
		"first_name": "Kind",
		"last_name": "Voorbeeld",
		"date_of_birth": str(getdate(add_to_date(getdate(), years=-14))),
		"guardian_name": "Ouder",
		"guardian_phone": "+31 6 00000000",
		"school_type": "Havo",
		"consent_given": 1,
		"consent_on": str(getdate()),
		"status": "Active",
		"subjects": [{"subject": "Mathematics"}],
		**values,
	}


def child(**values) -> dict:
	born = str(getdate(add_to_date(getdate(), years=-8)))
	return {**pupil(date_of_birth=born), "doctype": "Kidsoase Child", "subjects": [], **values}


def refused(answer) -> bool:
	"""Refused by a rule for children, whatever language the sentence is in."""
	return answer.status_code == 417 and answer.json().get("exc_type") == "ChildSafetyError"


def test_pupil_by_rest_and_by_the_desk(lead, made):
	too_young = pupil(date_of_birth=str(getdate(add_to_date(getdate(), years=-11))))
	assert refused(lead.post("/api/resource/Pupil", json=too_young))
	assert refused(lead.post("/api/resource/Pupil", json=pupil(consent_given=0)))
	doc = {"doctype": "Pupil", "__islocal": 1, **too_young}
	answer = lead.post("/api/method/frappe.desk.form.save.savedocs", data={"doc": json.dumps(doc), "action": "Save"})
	assert refused(answer)
	answer = lead.post("/api/resource/Pupil", json=pupil())
	assert answer.status_code == 200, answer.text[:500]
	name = answer.json()["data"]["name"]
	made.append(("Pupil", name))
	answer = lead.get(f"/api/resource/Pupil/{name}")
	assert answer.status_code == 200, answer.text[:500]
	stored = answer.json()["data"]
	change = {"consent_given": 0, "modified": stored["modified"]}
	assert refused(lead.put(f"/api/resource/Pupil/{name}", json=change))


def test_lesson_needs_two_adults(lead, made, account_of, rows):
	me = account_of("LSM Activity Lead")["user"]
	group = {"title": "Group", "subject": "Mathematics", "lead": me, "mode": "Online"}
	answer = lead.post("/api/resource/Tutoring Group", json=group)
	assert answer.status_code == 200, answer.text[:500]
	made.append(("Tutoring Group", answer.json()["data"]["name"]))
	starts = add_days(now_datetime(), 3).replace(microsecond=0)
	lesson = {
		"tutoring_group": made[-1][1],
		"mode": "Online",
		"starts_on": str(starts),
		"ends_on": str(add_to_date(starts, hours=1)),
		"adults": [{"user": me}],
	}
	assert refused(lead.post("/api/resource/Lesson", json={**lesson, "state": "Confirmed"}))
	assert refused(lead.post("/api/resource/Lesson", json={**lesson, "state": "Held"}))
	answer = lead.post("/api/resource/Lesson", json=lesson)
	assert answer.status_code == 200, answer.text[:500]
	stored = answer.json()["data"]
	made.append(("Lesson", stored["name"]))
	change = {"state": "Confirmed", "modified": stored["modified"]}
	assert refused(lead.put(f"/api/resource/Lesson/{stored['name']}", json=change))
	doc = {**stored, "state": "Confirmed"}
	answer = lead.post("/api/method/frappe.desk.form.save.savedocs", data={"doc": json.dumps(doc), "action": "Save"})
	assert refused(answer)
	for method, data in (
		(
			"frappe.client.set_value",
			{"doctype": "Lesson", "name": stored["name"], "fieldname": "state", "value": "Confirmed"},
		),
		(
			"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
			{"doctype": "Lesson", "docnames": json.dumps([stored["name"]]), "data": '{"state": "Confirmed"}'},
		),
	):
		assert lead.post(f"/api/method/{method}", data=data).status_code in (403, 417)
	assert rows("Lesson", {"name": stored["name"]}, ["state"])[0].state == "Planned"


def test_kidsoase_ages_and_times(lead, made, account_of, rows):
	me = account_of("LSM Activity Lead")["user"]
	answer = lead.post("/api/resource/Kidsoase Child", json=child())
	assert answer.status_code == 200, answer.text[:500]
	eight = answer.json()["data"]["name"]
	made.append(("Kidsoase Child", eight))
	answer = lead.post(
		"/api/resource/Kidsoase Child", json=child(date_of_birth=str(getdate(add_to_date(getdate(), years=-14))))
	)
	fourteen = answer.json()["data"]["name"]
	made.append(("Kidsoase Child", fourteen))
	starts = add_days(now_datetime(), 5).replace(microsecond=0)
	day = {"lead": me, "starts_on": str(starts), "ends_on": str(add_to_date(starts, hours=2)), "adults": [{"user": me}]}
	answer = lead.post("/api/resource/Kidsoase Day", json={**day, "visits": [{"child": fourteen}]})
	assert refused(answer)
	assert refused(lead.post("/api/resource/Kidsoase Day", json={**day, "state": "Open"}))
	visits = [{"child": eight, "checked_in_on": str(starts), "brought_by": "Nobody", "checked_out_on": str(starts)}]
	answer = lead.post("/api/resource/Kidsoase Day", json={**day, "visits": visits})
	assert answer.status_code == 200, answer.text[:500]
	made.append(("Kidsoase Day", answer.json()["data"]["name"]))
	found = rows("Kidsoase Visit", {"parent": made[-1][1]}, ["checked_in_on", "brought_by", "checked_out_on"])[0]
	assert not (found.checked_in_on or found.brought_by or found.checked_out_on)


COLUMNS = {"subjects": "Subject (Subjects)"}


def as_line(values: dict) -> dict:
	"""A line of a file: no table but the first of its rows, and nothing that the kind of child does not have."""
	subjects = values.get("subjects")
	line = {key: value for key, value in values.items() if key not in ("subjects", "doctype", "school_type")}
	if subjects:
		line |= {"school_type": "Havo", "guardian_relation": "Parent", "lesson_mode": "Either"}
		line["subjects"] = subjects[0]["subject"]
	return line


def imported(site, made, doctype: str, lines: list[dict]) -> tuple[str, list]:
	"""Put the lines through the framework's own Data Import; give its state, and of each line whether it came in and
	whether a rule for children kept it out."""
	from frappe.core.doctype.data_import.data_import import start_import

	table = io.StringIO()
	writer = csv.DictWriter(table, fieldnames=list(lines[0]))
	writer.writerow({field: COLUMNS.get(field) or site.get_meta(doctype).get_label(field) for field in lines[0]})
	writer.writerows(lines)
	stored = site.get_doc(
		{"doctype": "File", "file_name": f"{doctype}.csv", "content": table.getvalue(), "is_private": 1}
	).insert()
	made.append(("File", stored.name))
	task = site.get_doc(
		{
			"doctype": "Data Import",
			"reference_doctype": doctype,
			"import_type": "Insert New Records",
			"import_file": stored.file_url,
			"mute_emails": 1,
		}
	).insert()
	made.append(("Data Import", task.name))
	site.db.commit()
	start_import(task.name)
	task.reload()
	log = site.get_all(
		"Data Import Log",
		filters={"data_import": task.name},
		fields=["name", "success", "docname", "exception"],
		order_by="log_index",
	)
	made += [("Data Import Log", row.name) for row in log]
	made += [(doctype, row.docname) for row in log if row.docname]
	assert not task.template_warnings or task.template_warnings == "[]", task.template_warnings
	return task.status, [(bool(row.success), "ChildSafetyError" in (row.exception or "")) for row in log]


def test_the_data_import_meets_the_same_rules(frappe_site, made):
	frappe_site.set_user("Administrator")
	years = lambda count: str(getdate(add_to_date(getdate(), years=-count)))  # noqa: E731
	lines = [
		pupil(),
		pupil(consent_given=0),
		pupil(date_of_birth=years(11)),
		pupil(date_of_birth=years(40)),
		pupil(consent_on=str(add_days(getdate(), 3))),
	]
	status, found = imported(frappe_site, made, "Pupil", [as_line(line) for line in lines])
	assert (status, found) == ("Partial Success", [(True, False), *[(False, True)] * 4])
	lines = [child(), child(consent_given=0), child(date_of_birth=years(40))]
	status, found = imported(frappe_site, made, "Kidsoase Child", [as_line(line) for line in lines])
	assert (status, found) == ("Partial Success", [(True, False), (False, True), (False, True)])


def test_an_import_makes_no_lesson_or_day_without_two_adults(frappe_site, made, account_of):
	frappe_site.set_user("Administrator")
	group = frappe_site.get_doc(
		{
			"doctype": "Tutoring Group",
			"title": "Imported",
			"subject": "Mathematics",
			"mode": "Online",
			"lead": account_of("LSM Activity Lead")["user"],
		}
	).insert()
	made.append(("Tutoring Group", group.name))
	starts = add_days(now_datetime(), 4).replace(microsecond=0)
	common = {"starts_on": str(starts), "ends_on": str(add_to_date(starts, hours=1))}
	lesson = {"tutoring_group": group.name, "mode": "Online", **common}
	day = {"title": "Kidsoase", "lead": account_of("LSM Activity Lead")["user"], **common}
	for doctype, line in (("Lesson", lesson), ("Kidsoase Day", day)):
		for state in ("Confirmed", "Held" if doctype == "Lesson" else "Open"):
			status, found = imported(frappe_site, made, doctype, [{**line, "state": state}])
			assert (status, found) == ("Pending", [(False, True)]), (doctype, state)


def test_nobody_starts_an_import_by_the_desk(as_role):
	"""The desk has no import of children at all: not for who leads them, not for the coordinator."""
	for role in ("LSM Coordinator", "LSM Activity Lead"):
		session = as_role(role)
		answer = session.post(
			"/api/resource/Data Import",
			json={"reference_doctype": "Pupil", "import_type": "Insert New Records"},
		)
		assert answer.status_code == 403, answer.text[:300]
		method = "frappe.core.doctype.data_import.data_import.form_start_import"
		assert session.post(f"/api/method/{method}", data={"data_import": "x"}).status_code == 403


def test_nobody_else_reads_children(as_role):
	for role in ("LSM Kitchen", "LSM Board", "LSM Volunteer Coordinator", "LSM Case Worker", "LSM Front Office"):
		for doctype in ("Pupil", "Kidsoase Child", "Lesson", "Kidsoase Day"):
			assert as_role(role).get(f"/api/resource/{doctype}").status_code == 403, (role, doctype)
