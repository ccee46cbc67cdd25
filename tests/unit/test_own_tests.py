"""How the result of the framework's own tests is judged, and that its list of expected failures gives causes."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from config.framework import own_tests
from config.services.bench import Bench


@pytest.fixture
def judge(tmp_path, monkeypatch, capsys):
	"""Call with outcomes and the list; gives the exit code, what was printed and the stored summary."""
	monkeypatch.setattr(Bench, "var", tmp_path)

	def do(outcomes: dict[str, str], expected: tuple[str, ...] = (), ended: bool = True, modules: tuple[str, ...] = ()):
		listed = {"tests": {name: {"cause": "known"} for name in expected}}
		monkeypatch.setattr(own_tests, "EXPECTED", tmp_path / "expected_failures.json")
		own_tests.EXPECTED.write_text(json.dumps(listed))
		rows = [{"test": name, "outcome": it, "seconds": 1, "text": "why\x00"} for name, it in outcomes.items()]
		code = own_tests.report(Bench("framework", 8000), rows, ended, list(modules), 60)
		summary = json.loads((tmp_path / "framework-tests.json").read_text())
		return code, capsys.readouterr().out, summary

	return do


def test_all_passed(judge):
	assert judge({"a.B.test_c": "passed", "a.B.test_d": "skipped"})[0] == 0


def test_an_explained_failure_is_no_trouble(judge, tmp_path):
	code, _, summary = judge({"a.B.test_c": "error"}, expected=("a.B.test_c",))
	assert (code, summary["explained"], summary["unexplained"]) == (0, 1, [])
	case = ElementTree.parse(tmp_path / "framework-tests.xml").find("testcase")
	assert (case.get("classname"), case.find("skipped").get("message")) == ("a.B", "known")


@pytest.mark.parametrize("outcome", ["failed", "error"])
def test_an_unexplained_failure_is_red(judge, outcome):
	code, printed, summary = judge({"a.B.test_c": outcome})
	assert code == 1 and summary["unexplained"] == ["a.B.test_c"] and "FAILED a.B.test_c" in printed


def test_an_expected_failure_that_passes_is_told(judge):
	code, printed, _ = judge({"a.B.test_c": "passed"}, expected=("a.B.test_c",))
	assert code == 0 and "but passed: a.B.test_c" in printed


def test_an_expected_failure_that_is_no_test_is_red_in_a_whole_run(judge):
	assert judge({"a.B.test_c": "passed"}, expected=("a.B.gone",))[0] == 1
	assert judge({"a.B.test_c": "passed"}, expected=("a.B.gone",), modules=("a",))[0] == 0


def test_a_run_that_broke_off_or_ran_nothing_is_red(judge):
	assert judge({"a.B.test_c": "passed"}, ended=False)[0] == 1
	assert judge({})[0] == 1


def test_a_failing_part_of_a_test_is_a_failing_test(judge):
	rows = [{"test": "a", "outcome": it, "seconds": 0, "text": ""} for it in ("passed", "failed", "passed")]
	assert own_tests.worst(rows)["a"]["outcome"] == "failed"


def test_each_expected_failure_has_a_cause():
	listed = json.loads((own_tests.HERE / "expected_failures.json").read_text())["tests"]
	assert len(listed) < 30
	for name, entry in listed.items():
		assert len(entry["cause"]) > 30, name
		assert not {"flaky", "not running", "sometimes"} & set(entry["cause"].lower().split()), name
		assert entry.keys() <= {"cause", "fixed_later"}, name
