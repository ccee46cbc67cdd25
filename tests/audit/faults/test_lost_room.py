"""A full disk, an emptied Redis: a clear error, nothing broken, no way in."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pyotp
import pytest
import redis

from config.services import supervise
from tests.audit.faults.load import Jobs, Load, connect_again, copy_of
from tests.figures import figure
from tests.support import BENCH, Session

PASSWORD = "Volle-schijf-4418"
SPARE = 12 * 2**20


@contextlib.contextmanager
def small_disk(place: Path, size: int):
	"""A file system of its own at this place, of so many bytes. Skips where mounting is not allowed."""
	place.mkdir(parents=True, exist_ok=True)
	options = ["-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs"]
	if subprocess.run(["mount", *options, str(place)], capture_output=True).returncode:
		pytest.skip("a small disk cannot be mounted here")
	try:
		yield place
	finally:
		subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_backup_that_finds_no_room_leaves_nothing(frappe_site, tmp_path):
	from lsm_crm.services import backup

	with small_disk(tmp_path / "backups", 256 * 1024) as folder:
		frappe_site.local.conf["lsm_backup_folder"] = str(folder)
		try:
			with pytest.raises(backup.BackupError, match="No space"):
				backup.make()
			assert list(folder.iterdir()) == []
		finally:
			del frappe_site.local.conf["lsm_backup_folder"]


def test_an_upload_that_finds_no_room_is_refused_with_a_sentence(as_role, frappe_site, rows):
	from lsm_crm.tests.factories import make_case

	worker = as_role("LSM Case Worker")
	user = worker.get("/api/method/frappe.auth.get_logged_user").json()["message"]
	case = make_case(worker=user).name
	frappe_site.db.commit()

	def upload(content: bytes):
		return worker.post(
			"/api/method/upload_file",
			data={"doctype": "Case", "docname": case, "is_private": 1},
			files={"file": ("groot.txt", content)},
		)

	with small_disk(BENCH.site_path / "private" / "files", 64 * 1024) as folder:
		answer = upload(b"x" * 300_000)
		assert answer.status_code == 507, answer.text[:500]
		assert "DiskFullError" in answer.text and "Traceback" not in answer.text
		assert list(folder.iterdir()) == [] and rows("File", {"attached_to_name": case}) == []
		assert upload(b"small").status_code == 200
	assert upload(b"x" * 300_000).status_code == 200


@pytest.fixture
def full_database(frappe_site):
	"""The database's folder on a disk that has only a little room left; what was stored is taken back afterwards."""
	data, proxy = BENCH.var / "mariadb", supervise.proxy(BENCH)
	used = int(subprocess.run(["du", "-sb", str(data)], capture_output=True, text=True).stdout.split()[0])
	kept = data.with_name("mariadb-kept")
	proxy.stopProcess("database", True)
	try:
		shutil.copytree(data, kept, copy_function=os.link)
		with small_disk(data, used + SPARE):
			subprocess.run(["cp", "-a", f"{kept}/.", str(data)], check=True)
			supervise.start_one(BENCH, "database")
			connect_again()
			yield data
			proxy.stopProcess("database", True)
			filled = data.with_name("mariadb-filled")
			subprocess.run(["cp", "-a", f"{data}/.", str(filled)], check=True)
		shutil.rmtree(data)
		filled.rename(data)
	finally:
		shutil.rmtree(kept, ignore_errors=True)
		supervise.start_one(BENCH, "database")
		connect_again()


@pytest.mark.skipif("not config.getoption('--audit')", reason="a part of ./lsm audit: it moves the database")
def test_a_database_that_finds_no_room(as_role, frappe_site, full_database):
	load = Load(as_role("LSM Front Office"))
	ballast = full_database / "ballast"
	with load:
		time.sleep(2)
		with contextlib.suppress(OSError):
			ballast.write_bytes(b"\0" * (shutil.disk_usage(full_database).free - 64 * 1024))
		time.sleep(8)
	during = dict(load.answers)
	assert as_role("LSM Front Office").get("/api/method/ping").status_code == 200
	ballast.unlink()
	connect_again()
	failing = load.send_again()
	wrong = load.wrong()
	figure(
		"faults",
		f"full disk: answers {during}; {len(load.acknowledged)} acknowledged, {len(wrong['lost'])} lost, "
		f"{len(wrong['half'])} half; {failing} still refused once there was room",
		"clear error, nothing broken",
	)
	assert not any(wrong.values()), wrong
	assert failing == 0


def flush() -> None:
	for name in ("cache", "queue"):
		redis.Redis(port=BENCH.port(name)).flushall()


@pytest.fixture
def person(frappe_site):
	from frappe.utils.password import update_password

	from lsm_crm.services import second_factor
	from lsm_crm.tests.factories import make_user

	user = make_user("LSM Case Worker", email="geleegd@example.org")
	update_password(user.name, PASSWORD)
	second_factor.reset(user.name)
	frappe_site.db.delete("Activity Log", {"user": user.name})
	frappe_site.db.commit()
	# codes that earlier tests gave, all from this one address, do not count against its limit
	for key in frappe_site.cache.keys("rl:lsm_crm.api.second_factor.*"):
		frappe_site.cache.delete(key)
	return user.name


@pytest.fixture
def second_factor_on():
	path = BENCH.site_path / "site_config.json"
	before = path.read_text()
	path.write_text(json.dumps({**json.loads(before), "lsm_second_factor": 1}))
	time.sleep(1.1)
	yield
	path.write_text(before)
	time.sleep(1.1)


def log_in(user: str, password: str = PASSWORD) -> Session:
	session = Session()
	session.status = session.post("/api/method/login", data={"usr": user, "pwd": password}).status_code
	return session


def test_an_emptied_redis_opens_nothing_and_loses_nothing(person, second_factor_on, frappe_site, as_role):
	from lsm_crm.services import second_factor

	whole = log_in(person)
	secret = whole.post("/api/method/lsm_crm.api.second_factor.begin").json()["message"]["secret"]
	code = pyotp.TOTP(secret).now()
	assert whole.post("/api/method/lsm_crm.api.second_factor.confirm", data={"code": code}).status_code == 200
	owing, gone = log_in(person), log_in(person)
	gone.post("/api/method/logout")
	jobs = Jobs()
	jobs.promise(5)
	flush()
	assert owing.get("/api/resource/Client").status_code == 403  # the second factor is still owed
	assert gone.get("/api/method/frappe.auth.get_logged_user").status_code == 403
	assert Session().get("/api/resource/Client").status_code == 403
	assert whole.get("/api/resource/Client").status_code == 200  # who was in, stays in
	again = owing.post("/api/method/lsm_crm.api.second_factor.verify", data={"code": code})
	assert again.status_code in (401, 403)  # a code that was used
	for _attempt in range(5):
		log_in(person, "wrong")
	flush()
	locked = log_in(person).status
	jobs.wait(30)
	wrong = jobs.wrong()
	jobs.clear()
	second_factor.reset(person)
	frappe_site.db.commit()
	figure(
		"faults",
		f"flushed Redis: lockout {'holds' if locked == 401 else 'LOST'}, second factor still owed, "
		f"{len(jobs.promised)} jobs promised, {len(wrong['jobs lost'])} lost, {len(wrong['jobs twice'])} twice",
		"no way in, none lost",
	)
	assert locked == 401 and not any(wrong.values())


def test_work_goes_on_while_redis_is_emptied(as_role, frappe_site):
	load = Load(as_role("LSM Front Office"), people=3)
	with load:
		for _time in range(4):
			time.sleep(0.5)
			flush()
	assert load.send_again() == 0
	assert not any(load.wrong().values()) and load.acknowledged
	assert copy_of(as_role("LSM Front Office")).get("/api/method/ping").status_code == 200
