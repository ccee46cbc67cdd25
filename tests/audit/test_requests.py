"""Made-up and mutated requests to allowed functions and forms: no unexplained server error, no trace shown, no change by who has no right."""

from __future__ import annotations

import os
import re
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from hypothesis import HealthCheck, Phase, given, seed, settings

from lsm_crm import permission_table
from tests.audit import made_up
from tests.figures import SEED, figure
from tests.support import Session, accounts

WHOLE = 20_000
SHORT = 60
AT_ONCE = 6
TRACE = re.compile(r'Traceback \(most recent call last\)|File "[^"]+", line \d+|pymysql\.err|SELECT `tab')
# what a visitor without an account may add to
BY_VISITORS = frozenset(
	(
		"Incoming Question",
		"Volunteer",
		"Catering Order",
		"Event Registration",
		"Senior Activity Registration",
		"Pupil",
		"Referral",
	)
)
# what the nightly count writes anew; a coordinator may ask for it at any time, and it runs at once or in the background
COUNTED = frozenset(("Daily Figure", "Annual Report Source"))


def make(number: int, names: list[str], each: Callable[[made_up.Made], None]) -> None:
	"""So many requests, the same for the same seed; each is handed on as soon as it is made up."""
	left = iter(range(number))

	@seed(SEED)
	@settings(
		max_examples=number,
		phases=(Phase.generate,),
		database=None,
		deadline=None,
		suppress_health_check=list(HealthCheck),
	)
	@given(made_up.requests(names))
	def gather(one):
		if next(left, None) is not None:
			each(one)

	gather()


class Sender:
	"""Sends requests as their callers, with sessions of its own in each thread."""

	def __init__(self):
		self.local = threading.local()

	def session(self, who: str) -> Session:
		held = self.local.__dict__.setdefault("sessions", {})
		if who not in held:
			account = accounts().get(who)
			held[who] = Session().log_in(account["user"], account["password"]) if account else Session()
		return held[who]

	def send(self, one: made_up.Made) -> tuple[made_up.Made, int, str, str]:
		"""The request, the status of its answer, the trace it shows, and the answer's beginning."""
		given_as = "params" if one.method == "GET" else "data"
		answer = self.session(one.who).request(
			one.method, one.path, allow_redirects=False, timeout=120, **{given_as: one.arguments}
		)
		text = (
			answer.text
			if "text" in answer.headers.get("Content-Type", "") or "json" in answer.headers.get("Content-Type", "")
			else ""
		)
		shown = found.group(0) if (found := TRACE.search(text)) else ""
		return one, answer.status_code, shown, text[:300]


def rows_now(site) -> dict[tuple[str, str], tuple[str, str]]:
	"""{(DocType, name): (modified, modified_by)} of every record of the app."""
	site.db.rollback()
	found = {}
	for doctype in permission_table.load():
		meta = site.get_meta(doctype)
		if meta.issingle or meta.is_virtual or not site.db.table_exists(doctype):
			continue
		for name, modified, by in site.db.sql(f"select name, modified, modified_by from `tab{doctype}`"):
			found[doctype, str(name)] = (str(modified), by)
	return found


def unauthorised(site, before: dict, after: dict) -> list[str]:
	"""Records that were made, changed or removed by somebody whose role has no such right on them."""
	from lsm_crm import permissions

	wrong = []
	for (doctype, name), (modified, by) in after.items():
		old = before.get((doctype, name))
		if old == (modified, by):
			continue
		roles = set(site.get_roles(by))
		if doctype in COUNTED and (by == "Administrator" or "LSM Coordinator" in roles):
			continue
		action = "write" if old else "create"
		held = set().union(*(permission_table.load()[doctype].get(role, {}).get("actions", ()) for role in roles))
		if by == "Guest" and not old and doctype in BY_VISITORS:
			continue
		if not permission_table.load()[doctype]:  # no role holds a right: the program writes it for the caller alone
			if (site.db.get_value(doctype, name, "user") if site.get_meta(doctype).has_field("user") else by) != by:
				wrong.append(f"{doctype} {name}: of somebody else, by {by}")
			continue
		if action not in held or (old and not permissions.may_see_row(doctype, name, by, "write")):
			wrong.append(f"{doctype} {name}: {action} by {by}")
	for doctype, name in before.keys() - after.keys():
		if doctype not in COUNTED and not any(
			"delete" in entry["actions"] for entry in permission_table.load()[doctype].values()
		):
			wrong.append(f"{doctype} {name}: deleted")
	return wrong


def test_made_up_requests(frappe_site, request, capsys):
	whole = bool(request.config.getoption("--audit"))
	total = int(os.environ.get("LSM_REQUESTS") or (WHOLE if whole else SHORT))
	before = rows_now(frappe_site)
	names = sorted({name for doctype, name in before if doctype in ("Client", "Case", "Help Request", "Volunteer")})[
		:40
	]
	sender, sent = Sender(), []
	with ThreadPoolExecutor(AT_ONCE) as pool:
		make(total, ["", "x", "new-case-1", *names], lambda one: sent.append(pool.submit(sender.send, one)))
	results = [future.result() for future in sent]
	errors: dict[str, list] = {}
	for one, status, _shown, text in results:
		if status >= 500:
			errors.setdefault(one.path if "/resource/" not in one.path else "REST", []).append((str(one), status, text))
	traces = [(str(one), shown) for one, _status, shown, _text in results if shown]
	wrong = unauthorised(frappe_site, before, rows_now(frappe_site))
	statuses = Counter(status for _one, status, _shown, _text in results)
	with capsys.disabled():
		print(
			f"\nrequests (seed {SEED}): {len(results)} made up, {len({str(one) for one, *_answer in results})} of them different; statuses {dict(sorted(statuses.items()))}"
		)
		for path, found in sorted(errors.items()):
			print(f"  {len(found)} × {path}: {found[0]}")
		for line in (*traces, *wrong):
			print(f"  {line}")
	figure(
		"requests",
		f"{len(results)} made-up requests, {sum(map(len, errors.values()))} unexplained errors, {len(traces)} traces, "
		f"{len(wrong)} unauthorised changes",
		"20,000, 0, 0, 0",
		SEED,
	)
	assert len(results) >= total
	assert traces == []
	assert wrong == []
	assert errors == {}
