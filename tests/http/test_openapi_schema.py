"""The OpenAPI description holds against the running site: made-up calls of each role are answered as described, or refused."""

from __future__ import annotations

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from tests.figures import figure
from tests.support import BENCH

ADDRESS = "/api/method/lsm_crm.api.description.openapi"
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
ROLES = ("LSM Coordinator", "LSM Case Worker", "LSM Front Office", "LSM Kitchen", "LSM Board", "LSM Privacy Officer")
SEED = 8


def operations(session, methods: tuple[str, ...], promised: dict | None = None) -> list:
	"""What the account may call by these methods; with `promised`, as if the description said that its own answer is so."""
	description = session.get(ADDRESS).json()["message"]
	if promised:
		answer = description["paths"][ADDRESS]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
		answer["properties"]["message"] = promised
	schema = schemathesis.openapi.from_dict(description)
	schema.config.base_url = BENCH.url
	schema.config.generation.update(with_security_parameters=False)  # the session is who asks
	found = [result.ok() for result in schema.get_all_operations()]
	return [operation for operation in found if operation.method.lower() in methods]


def holds(session, operation, examples: int) -> int:
	"""Ask so many made-up questions of one operation; gives how many were asked."""
	asked = []

	@hypothesis.seed(SEED)
	@hypothesis.settings(
		max_examples=examples,
		deadline=None,
		database=None,
		derandomize=False,
		suppress_health_check=list(HealthCheck),
	)
	@hypothesis.given(case=operation.as_strategy())
	def ask(case):
		asked.append(1)
		case.call_and_validate(session=session, checks=CHECKS, headers={"Accept": "application/json"})

	ask()
	return len(asked)


@pytest.mark.parametrize("role", ROLES)
def test_what_reads_answers_as_it_is_described(as_role, request, role):
	whole = request.config.getoption("--audit")
	if not whole and role not in ("LSM Coordinator", "LSM Case Worker"):
		pytest.skip("in the audit")
	session = as_role(role)
	found = operations(session, ("get",))
	asked = sum(holds(session, operation, 40 if whole else 4) for operation in found)
	assert asked >= len(found) > 2
	figure("openapi", f"{role}: {asked} calls of {len(found)} functions by GET, all as described", "all", SEED)


@pytest.mark.parametrize("role", ROLES)
def test_what_changes_something_answers_as_it_is_described(as_role, request, role):
	if not request.config.getoption("--audit"):
		pytest.skip("in the audit: `./lsm audit openapi`")
	session = as_role(role)
	found = operations(session, ("post",))
	session.headers["X-Frappe-CSRF-Token"] = session.csrf_token
	asked = sum(holds(session, operation, 25) for operation in found)
	assert asked >= len(found)
	figure("openapi", f"{role}: {asked} calls of {len(found)} functions by POST, all as described", "all", SEED)


def test_an_answer_that_is_not_as_described_is_noticed(as_role):
	"""The check itself can fail: here the description promises a number for what is an object."""
	session = as_role("LSM Coordinator")
	(operation,) = [
		operation
		for operation in operations(session, ("get",), promised={"type": "number"})
		if operation.path == ADDRESS
	]
	with pytest.raises(BaseException, match="number"):
		holds(session, operation, 2)
