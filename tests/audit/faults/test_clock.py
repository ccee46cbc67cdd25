"""A web node whose clock is a day off, behind or ahead: no way in opens, nothing breaks, and what is saved is saved."""

from __future__ import annotations

import contextlib
import glob
import subprocess
import time

import pyotp
import pytest
import requests

from config.services.bench import PORTS, ROOT
from tests.audit.faults.test_lost_room import PASSWORD, log_in, person, second_factor_on  # noqa: F401 fixtures
from tests.figures import figure
from tests.support import BENCH

PORT = BENCH.base + len(PORTS)
LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1"


@contextlib.contextmanager
def node(shift: str):
	"""A second web process whose clock is off; gives a function that asks it."""
	found = glob.glob(LIBRARY)
	if not found:
		pytest.skip("the Debian package faketime is not here")
	command = [str(ROOT / "env/bin/python"), "-m", "gunicorn", f"--bind=127.0.0.1:{PORT}", "--workers=1", "--threads=2"]
	environment = {
		**BENCH.environment(),
		"LD_PRELOAD": found[0],
		"FAKETIME": shift,
	}
	process = subprocess.Popen(
		[*command, "frappe.app:application"],
		cwd=BENCH.sites,
		env=environment,
		stdout=subprocess.DEVNULL,
		stderr=subprocess.DEVNULL,
	)

	def ask(method: str, path: str, sid: str = "", **more) -> requests.Response:
		cookies = {"sid": sid} if sid else {}
		headers = {"Host": BENCH.site, "Accept": "application/json", **more.pop("headers", {})}
		return requests.request(
			method, f"http://127.0.0.1:{PORT}{path}", headers=headers, cookies=cookies, timeout=60, **more
		)

	try:
		end = time.monotonic() + 60
		while True:
			with contextlib.suppress(requests.ConnectionError):
				if ask("GET", "/api/method/ping").ok:
					break
			assert process.poll() is None and time.monotonic() < end, "the node does not answer"
			time.sleep(0.3)
		yield ask
	finally:
		process.terminate()
		process.wait(20)


def sid_of(session) -> str:
	return session.cookies.get("sid")


WHO = "/api/method/frappe.auth.get_logged_user"


def save_a_note(ask, sid: str, token: str, path: str) -> tuple[int, dict]:
	headers = {"X-Frappe-CSRF-Token": token}
	read = ask("GET", path, sid)
	if read.status_code != 200:
		return read.status_code, {}
	data = {"modified": read.json()["data"]["modified"], "text": "saved a day off"}
	answer = ask("PUT", path, sid, json=data, headers=headers)
	return answer.status_code, answer.json().get("data", {})


@pytest.mark.skipif("not config.getoption('--audit')", reason="a part of ./lsm audit")
def test_a_clock_a_day_off(person, second_factor_on, frappe_site):  # noqa: F811 fixtures
	from frappe.utils import add_to_date, now_datetime

	from lsm_crm.services import second_factor
	from lsm_crm.tests.factories import make_case

	session = log_in(person)
	secret = session.post("/api/method/lsm_crm.api.second_factor.begin").json()["message"]["secret"]
	now = pyotp.TOTP(secret).now()
	confirmed = session.post("/api/method/lsm_crm.api.second_factor.confirm", data={"code": now})
	assert confirmed.status_code == 200, confirmed.text
	case = make_case(worker=person).name
	frappe_site.db.commit()
	note = session.post("/api/resource/Case Note", json={"case": case, "kind": "Note", "text": "first"}).json()["data"]
	for _attempt in range(5):
		log_in("geleegd-ook@example.org", "wrong")
	frappe_site.db.commit()
	path = f"/api/resource/Case Note/{note['name']}"
	owing = log_in(person)
	entered, broken = [], []

	with node("+1d") as ask:
		# a live session has idled for a day there: it is over
		answer = ask("GET", WHO, sid_of(owing))
		entered += ["idle session ahead"] if answer.status_code == 200 else []
		fresh = ask("POST", "/api/method/login", data={"usr": person, "pwd": PASSWORD})
		broken += ["login ahead"] if fresh.status_code != 200 else []
		sid = fresh.cookies.get("sid")
		code = ask("POST", "/api/method/lsm_crm.api.second_factor.verify", sid, data={"code": pyotp.TOTP(secret).now()})
		entered += ["code of another day"] if code.status_code == 200 else []
		there = pyotp.TOTP(secret).at(time.time() + 24 * 3600)
		passed = ask("POST", "/api/method/lsm_crm.api.second_factor.verify", sid, data={"code": there})
		broken += [f"right code ahead {passed.status_code}"] if passed.status_code != 200 else []
		status, ahead = save_a_note(ask, sid, "", path)
		broken += [f"save ahead {status}"] if status != 200 else []

	# back on the right clock: that session comes from the future, and is over
	answer = requests.get(BENCH.url + WHO, cookies={"sid": sid}, timeout=30)
	entered += ["session of tomorrow"] if answer.status_code == 200 else []
	second_factor.reset(person)
	frappe_site.db.commit()

	idle = log_in(person)
	used = str(add_to_date(now_datetime(), hours=-2))
	frappe_site.db.sql("UPDATE tabSessions SET lastupdate = %s WHERE sid = %s", (used, sid_of(idle)))
	frappe_site.db.commit()
	frappe_site.cache.hdel("session", sid_of(idle))
	with node("-1d") as ask:
		answer = ask("GET", WHO, sid_of(idle))
		entered += ["idle session behind"] if answer.status_code == 200 else []
		locked = ask("POST", "/api/method/login", data={"usr": "geleegd-ook@example.org", "pwd": "wrong"})
		broken += [f"wrong login behind {locked.status_code}"] if locked.status_code != 401 else []
		answer = ask("GET", "/nl/")
		broken += [f"public page behind {answer.status_code}"] if answer.status_code != 200 else []

	frappe_site.db.rollback()
	stored = frappe_site.get_doc("Case Note", note["name"])
	broken += ["what was saved ahead is not there"] if ahead and stored.text != "saved a day off" else []
	figure(
		"faults",
		f"clock a day off, ahead and behind: {len(entered)} ways in {entered or ''}, {len(broken)} broken {broken or ''}".strip(),
		"0 ways in, nothing broken",
	)
	assert entered == [] and broken == []
