"""The social map over HTTP: who finds partners by it."""

from __future__ import annotations

import pytest

REPORT = "/api/method/frappe.desk.query_report."


@pytest.mark.parametrize(
	("role", "status"),
	[
		("LSM Front Office", 200),
		("LSM Case Worker", 200),
		("LSM Coordinator", 200),
		("LSM Kitchen", 403),
		("LSM Board", 403),
		("LSM Volunteer", 403),
	],
)
def test_who_opens_it(as_role, role, status):
	asked = {"report_name": "Social Map"}
	for function in ("get_script", "run"):
		answer = as_role(role).get(REPORT + function, params=asked)
		assert answer.status_code == status, (function, answer.text[:300])
