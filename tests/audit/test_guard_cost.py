"""The guard is a small part of the work of a list request, counted in instructions."""

import os

import pytest

from benchmarks import guard_instructions
from tests.figures import figure
from tests.support import BENCH


@pytest.mark.skipif("not config.getoption('--audit')", reason="a part of ./lsm audit")
def test_the_guard_is_a_small_part_of_a_list_request(monkeypatch, account_of):
	for name, value in BENCH.environment().items():
		monkeypatch.setenv(name, value)
	monkeypatch.setenv("PYTHONPATH", os.pathsep.join((os.environ.get("PYTHONPATH", ""), str(guard_instructions.ROOT))))
	monkeypatch.chdir(BENCH.sites)
	found = guard_instructions.measure(BENCH.site, account_of("LSM Coordinator")["user"])
	figure(
		"guard",
		f"{found['with']:,.0f} instructions for a list request, {100 * found['share']:.2f}% of them the guard's",
		f"less than {100 * guard_instructions.LIMIT:.0f}%",
	)
	assert 0 < found["share"] < guard_instructions.LIMIT
