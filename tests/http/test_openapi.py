"""The description of what programs may call: only what the account may call, with types."""


def described(session) -> dict:
	answer = session.get("/api/method/lsm_crm.api.description.openapi")
	assert answer.status_code == 200, answer.text[:300]
	return answer.json()["message"]


def test_a_case_worker_sees_typed_functions_that_really_answer(as_role):
	session = as_role("LSM Case Worker")
	description = described(session)
	assert description["openapi"] == "3.1.0"
	events = description["paths"]["/api/method/lsm_crm.api.calendars.get_events"]["get"]
	assert {parameter["name"] for parameter in events["parameters"]} >= {"doctype", "start", "end"}
	for path, operations in description["paths"].items():
		# Called with nothing: refused or explained, never unknown and never a crash.
		if "get" in operations:
			assert session.get(path).status_code < 500, path


def test_guests_are_told_nothing(guest):
	assert guest.get("/api/method/lsm_crm.api.description.openapi").status_code in (401, 403)
