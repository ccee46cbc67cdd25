"""What a file with a person's record is called: after the record, whatever it was called when it came in."""

from __future__ import annotations

import pytest

GIVEN = "paspoort Amina Zoutman.txt"


@pytest.fixture
def upload(as_role, frappe_site):
	names = []

	def send(role: str, doctype: str, name: str, content: bytes) -> dict:
		answer = as_role(role).post(
			"/api/method/upload_file",
			data={"doctype": doctype, "docname": name, "is_private": 1},
			files={"file": (GIVEN, content)},
		)
		assert answer.status_code == 200, answer.text[:500]
		file = answer.json()["message"]
		names.append(file["name"])
		return file

	yield send
	frappe_site.db.rollback()
	for name in names:
		frappe_site.delete_doc("File", name, ignore_permissions=True, force=True)
	frappe_site.db.commit()


def test_a_file_of_a_case_is_called_after_the_case(upload, as_role, frappe_site):
	from lsm_crm.tests.factories import make_case

	worker = as_role("LSM Case Worker")
	case = make_case(worker=worker.get("/api/method/frappe.auth.get_logged_user").json()["message"]).name
	frappe_site.db.commit()
	files = [upload("LSM Case Worker", "Case", case, f"Brief {number} over {case}".encode()) for number in (1, 2)]
	assert [file["file_name"] for file in files] == [f"{case}-1.txt", f"{case}-2.txt"]
	answer = worker.get(files[1]["file_url"])
	assert answer.text == f"Brief 2 over {case}"
	assert f"{case}-2.txt" in answer.headers["Content-Disposition"]
	frappe_site.db.rollback()
	told = frappe_site.get_all("Comment", {"reference_doctype": "Case", "reference_name": case}, pluck="content")
	assert "Amina" not in str(told) + str(files)


def test_a_file_that_is_about_nobody_keeps_its_name(upload, as_role):
	event = as_role("LSM Coordinator").get("/api/resource/LSM Event").json()["data"][0]["name"]
	file = upload("LSM Coordinator", "LSM Event", event, f"Draaiboek {event}".encode())
	assert file["file_name"].startswith("paspoort Amina Zoutman")
