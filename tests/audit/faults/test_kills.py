"""kill -9 under load: nothing that was acknowledged is lost, no document is half there, jobs are done once, all is back soon."""

from __future__ import annotations

import os
import signal
import time

import pytest

from tests.audit.faults.load import BACK_WITHIN, Jobs, Load, connect_again, pid_of, wait_until_back
from tests.figures import figure

WHOLE = {name: 5 for name in ("database", "cache", "queue", "worker", "web")}
SHORT = {"database": 1, "queue": 1}


@pytest.fixture
def jobs(frappe_site):
	made = Jobs()
	yield made
	made.clear()


@pytest.mark.parametrize("name", list(WHOLE))
def test_killed_under_load(name, as_role, frappe_site, jobs, request):
	times = (WHOLE if request.config.getoption("--audit") else SHORT).get(name, 0)
	if not times:
		pytest.skip("a part of ./lsm audit faults")
	load, back, done = Load(as_role("LSM Front Office")), [], []
	for _time in range(times):
		with load:
			time.sleep(1)
			jobs.promise(2)
			os.kill(pid_of(name), signal.SIGKILL)
			jobs.promise(1)
			back.append(wait_until_back(load))
		if name == "database":
			connect_again()
		jobs.promise(1)
		done.append(jobs.wait(60))
	failing = load.send_again()
	wrong = {**load.wrong(), **jobs.wrong()}
	figure(
		"faults",
		f"{name} killed {times} times: {len(load.acknowledged)} acknowledged, {len(wrong['lost'])} lost, "
		f"{len(wrong['double'])} double, {len(wrong['half'])} half; {len(jobs.promised)} jobs, "
		f"{len(wrong['jobs lost'])} lost, {len(wrong['jobs twice'])} twice; back after at most {max(back):.1f} s, jobs done after {max(done):.1f} s",
		f"5 times, 0, within {BACK_WITHIN} s",
	)
	assert not any(wrong.values()), wrong
	assert failing == 0
	assert len(load.acknowledged) > times and len(jobs.promised) >= 3 * times
	assert max(back) < BACK_WITHIN
