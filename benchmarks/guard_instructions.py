"""What the guard costs: instructions of a list request with it and without it, counted by callgrind.

    python -m benchmarks.guard_instructions SITE      in the sites folder; needs valgrind and PYTHONPATH at the root

The peer is the same request in the same process without the guard. The limit is 2% of the request.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 0.02
REQUESTS = 2  # in each section
SECTIONS = 7  # with the guard and without, in turns
WARMING = 3
GUARD = ("lsm_crm.guard.origin.before_request", "lsm_crm.guard.decide.authorize")
# writes the access log of what the guard named; it has a limit of its own, and is in neither section here
READ_LOG = "lsm_crm.guard.reading.after_request"
# The counted program marks its sections by calls into the C library that nothing else here makes.
ZERO, DUMP = "getpriority", "getsid"
USER = "coordinator@lsm.example"


def measure(site: str, user: str = USER) -> dict[str, float]:
	"""Instructions of one request with the guard and without, and the guard's share."""
	with tempfile.TemporaryDirectory() as folder:
		out = Path(folder) / "counted"
		subprocess.run(
			[
				*("valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", "--quiet"),
				*(f"--zero-before={ZERO}", f"--dump-before={DUMP}"),
				*(sys.executable, "-m", "benchmarks.guard_instructions", "--counted", site, user),
			],
			env={**os.environ, "PYTHONHASHSEED": "0"},
			check=True,
			capture_output=True,
			text=True,
			timeout=1500,
		)
		counted = [total(path) for path in sorted(Path(folder).glob("counted.*"), key=part_number)]
	assert len(counted) >= 2 * SECTIONS, counted
	with_guard, without = (statistics.median(counted[first : 2 * SECTIONS : 2]) / REQUESTS for first in (0, 1))
	return {"with": with_guard, "without": without, "share": (with_guard - without) / with_guard}


def part_number(path: Path) -> int:
	return int(path.suffix[1:])


def total(path: Path) -> int:
	return int(re.search(r"^(?:summary|totals): (\d+)", path.read_text(), re.M).group(1))


def counted(site: str, user: str) -> None:
	"""The program that runs under callgrind: warm, then sections with the guard and without. Python's search for cycles
	of garbage runs between them, not in whichever it happens to fall."""
	import gc

	import frappe

	guarded = True
	whole = frappe.get_hooks

	def get_hooks(hook=None, default="_KEEP_DEFAULT_LIST", app_name=None):
		value = whole(hook, default, app_name)
		if hook in ("before_request", "auth_hooks", "after_request"):
			left_out = (READ_LOG,) if guarded else (READ_LOG, *GUARD)
			return [entry for entry in value if entry not in left_out]
		return value

	frappe.get_hooks = get_hooks
	from frappe.app import application
	from werkzeug.test import Client

	client = Client(application, use_cookies=False)
	ask = request(site, session_of(site, user))
	for state in (False, True) * WARMING:
		guarded = state
		assert client.open(**ask).status_code == 200
	gc.disable()
	for state in (True, False) * SECTIONS:
		guarded = state
		gc.collect()
		os.getpriority(os.PRIO_PROCESS, 0)
		for _request in range(REQUESTS):
			client.open(**ask)
		os.getsid(0)


def session_of(site: str, user: str) -> str:
	"""A session made for the user, kept where the program finds it."""
	import frappe
	from frappe.auth import CookieManager, LoginManager
	from frappe.utils import set_request

	frappe.init(site=site, sites_path=".")
	frappe.connect()
	set_request(method="POST", path="/", base_url=f"http://{site}")
	frappe.local.request_ip = "127.0.0.1"
	frappe.local.cookie_manager = CookieManager()
	frappe.local.login_manager = LoginManager()
	frappe.local.login_manager.login_as(user)
	frappe.db.commit()
	sid = frappe.session.sid
	frappe.destroy()
	return sid


def request(site: str, sid: str) -> dict:
	"""The list that a coordinator's desk asks for when it shows the cases."""
	fields = [f"`tabCase`.`{name}`" for name in ("name", "subject", "workflow_state", "worker", "priority", "modified")]
	return {
		"path": "/api/method/frappe.desk.reportview.get",
		"method": "GET",
		"query_string": {
			"doctype": "Case",
			"fields": json.dumps(fields),
			"filters": json.dumps([["Case", "workflow_state", "!=", "Closed"]]),
			"order_by": "`tabCase`.`modified` desc",
			"start": "0",
			"page_length": "20",
		},
		"headers": {"Host": site, "Cookie": f"sid={sid}", "Accept": "application/json"},
		"environ_overrides": {"REMOTE_ADDR": "127.0.0.1"},
	}


if __name__ == "__main__":
	if sys.argv[1] == "--counted":
		counted(*sys.argv[2:])
	else:
		found = measure(*sys.argv[1:])
		print(
			f"a list request: {found['with']:,.0f} instructions with the guard, {found['without']:,.0f} without; "
			f"the guard is {100 * found['share']:.2f}% (limit {100 * LIMIT:.0f}%)"
		)
		sys.exit(found["share"] >= LIMIT)
