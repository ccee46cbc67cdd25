"""Backup, drop, restore: every table row for row, every file by hash, the access log, protected fields readable. A wrong key, a
damaged file and a load that fails half-way change nothing; who was erased since is erased again."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from pathlib import Path

import pytest

from config.services import supervise
from config.services.database import root_account
from tests.figures import figure
from tests.support import BENCH

WORD = "Terug te lezen"
FILES = 24
# what the restore itself or connecting to the site writes
WRITTEN_BY_RESTORING = ("tabSessions",)

whole_only = pytest.mark.skipif(
	"not config.getoption('--audit')", reason="a part of ./lsm audit: it drops and restores"
)


@pytest.fixture
def quiet(frappe_site):
	"""Nothing else writes: web server, workers and scheduler are ended for the time of a test."""
	names = ("web", "worker", "schedule")
	for name in names:
		supervise.proxy(BENCH).stopProcess(name, True)
	yield
	frappe_site.cache.delete_keys("")
	for name in names:
		supervise.start_one(BENCH, name)


def contents(frappe) -> dict[str, tuple]:
	"""{table: (rows, checksum over all rows)}."""
	frappe.db.commit()
	names = [name for (name,) in frappe.db.sql("SHOW TABLES") if name not in WRITTEN_BY_RESTORING]
	return {
		name: (frappe.db.sql(f"SELECT COUNT(*) FROM `{name}`")[0][0], frappe.db.sql(f"CHECKSUM TABLE `{name}`")[0][1])
		for name in names
	}


def files(frappe) -> dict[str, str]:
	base = Path(frappe.get_site_path())
	found = [path for name in ("private/files", "public/files") for path in (base / name).rglob("*") if path.is_file()]
	return {str(path.relative_to(base)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def log_rows() -> list[tuple]:
	from lsm_crm.services import backup

	return [row for part in backup.log_rows() for row in part]


def remove_everything(frappe) -> None:
	"""As if the machine were lost: both databases, every file, the log's head. Left is what a new, empty site has."""
	from lsm_crm.services import read_log_store

	conf, (user, password) = frappe.local.conf, root_account(BENCH)
	root = frappe.database.get_db(host=conf.db_host, user=user, password=password, port=conf.db_port)
	for name in (conf.db_name, conf.lsm_log_db["name"]):
		root.sql(f"DROP DATABASE `{name}`")
	root.sql(f"CREATE DATABASE `{conf.db_name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci")
	root.close()
	for name in ("private/files", "public/files"):
		shutil.rmtree(Path(frappe.get_site_path(name)))
	read_log_store.head_file().unlink()
	read_log_store.create(user, password)
	read_log_store.disconnect()
	frappe.db.close()
	frappe.connect()
	assert frappe.db.sql("SHOW TABLES") == () and log_rows() == []


@whole_only
def test_backup_drop_restore(frappe_site, quiet, tmp_path):
	from lsm_crm.services import backup, erasure, read_log, read_log_store, restore
	from lsm_crm.tests.factories import make, make_client

	record = make("Client Confidential", client=make_client().name, health=WORD)
	leaving = make_client(last_name="Weggewist")
	frappe_site.get_doc({"doctype": "File", "file_name": "terug.txt", "is_private": 1, "content": WORD}).insert()
	for number in range(FILES):
		content = random.Random(number).randbytes(number * 5000 + 1)
		file = {"doctype": "File", "file_name": f"bijlage {number}.bin", "is_private": number % 2, "content": content}
		frappe_site.get_doc(file).insert()
	read_log.record("form", "Client", [leaving.name])
	frappe_site.db.commit()
	tables, on_disk, log = contents(frappe_site), files(frappe_site), log_rows()
	made = backup.make()
	kept = tmp_path / made.name
	shutil.copy2(made, kept)
	assert made in backup.existing() and WORD.encode() not in made.read_bytes()

	remove_everything(frappe_site)
	result = restore.restore(kept)
	after, log_after = contents(frappe_site), log_rows()
	differing = sorted(name for name in tables.keys() | after.keys() if tables.get(name) != after.get(name))
	lost = [name for name, digest in on_disk.items() if files(frappe_site).get(name) != digest]
	figure(
		"backup",
		f"dropped and restored: {len(tables)} tables with {sum(rows for rows, _sum in tables.values())} rows, "
		f"{len(differing)} differ; {len(on_disk)} files, {len(lost)} differ; {len(log)} rows of the access log, "
		f"{'all there' if log == log_after else 'NOT the same'}",
		"0 differ, 0 differ, all",
	)
	assert differing == []
	assert lost == [] and result["files"] == len(on_disk) and result["set_aside"] == []
	assert log_after == log and read_log.verify() == []
	assert read_log_store.kept_head()[0] == log[-1][0]
	assert frappe_site.get_doc("Client Confidential", record.name).health == WORD
	assert frappe_site.get_doc("File", {"file_name": "terug.txt"}).get_content() == WORD

	# over a living site: what happened since is kept where it must be
	erasure.erase("Client", leaving.name)
	given = make_client().name
	read_log.record("form", "Client", [given])
	frappe_site.db.commit()
	result = restore.restore(kept)
	for folder in result["set_aside"]:
		shutil.rmtree(folder)
	left = frappe_site.db.sql("SELECT name FROM `tabClient` WHERE last_name = 'Weggewist'")
	figure("backup", f"erased since the backup: {result['erased_again']} erased again, {len(left)} left", "1, 0")
	assert result["erased_again"] == 1 and left == ()
	assert len(log_rows()) == len(log) + 1 and read_log.verify() == []
	assert make_client().name > given  # a number that was given is not given again
	assert not [name for name in restore.tables() if name.startswith(restore.ASIDE)]
	entries = erasure.list_file().read_text().splitlines()
	erasure.list_file().write_text("".join(f"{e}\n" for e in entries if json.loads(e)["name"] != leaving.name))
	frappe_site.db.commit()


@whole_only
def test_a_load_that_fails_half_way_leaves_the_site_as_it_was(frappe_site, quiet, monkeypatch):
	from lsm_crm.services import backup, restore

	made = backup.make()
	before, on_disk = contents(frappe_site), files(frappe_site)
	monkeypatch.setattr(
		restore, "_put_file", lambda *_args: (_ for _ in ()).throw(OSError(28, "No space left on device"))
	)
	with pytest.raises(OSError, match="No space"):
		restore.restore(made)
	same = contents(frappe_site) == before and files(frappe_site) == on_disk
	figure("backup", f"disk full half-way: the site is {'as before' if same else 'CHANGED'}", "as before")
	assert same

	# killed half-way: the next restore begins with bringing the former tables back
	for name in list(restore.tables())[:40]:
		frappe_site.db.sql_ddl(f"RENAME TABLE `{name}` TO `{restore.ASIDE}{name}`")
	frappe_site.db.sql_ddl(f"CREATE TABLE `{next(iter(before))}` (id INT)")
	restore.bring_back()
	assert contents(frappe_site) == before


@pytest.fixture(scope="module", autouse=True)
def everybody_logs_in_anew(as_role):
	"""A restore ends all sessions, those that the tests after these would go on with, too."""
	yield
	as_role.cache_clear()


@pytest.fixture(scope="module")
def made(frappe_site):
	from lsm_crm.services import backup

	path = backup.make()
	yield path
	path.unlink()


def refused(restore, source: Path, identity: Path | None = None) -> str:
	from lsm_crm.services.backup import BackupError

	with pytest.raises(BackupError) as told:
		restore.restore(source, identity)
	return str(told.value)


def test_wrong_keys_and_damage_are_refused_before_anything_changes(frappe_site, made, tmp_path, monkeypatch):
	import pyrage

	from lsm_crm.services import backup, keys, restore

	monkeypatch.setattr(restore, "_load", lambda *_args: pytest.fail("began to load"))
	wrong = tmp_path / "wrong"
	wrong.write_text(str(pyrage.x25519.Identity.generate()))
	assert "wrong key" in refused(restore, made, wrong)
	wrong.write_text("no key at all")
	assert "no age identity" in refused(restore, made, wrong)
	content = made.read_bytes()
	damaged = tmp_path / "damaged.tar.gz.age"
	for broken in (content[:-1], content[: len(content) // 2], content[:-500] + b"x" * 500, b"", b"PK\x03\x04"):
		damaged.write_bytes(broken)
		assert "cannot be opened" in refused(restore, damaged)
	monkeypatch.setattr(keys, "path", lambda: tmp_path / "other.json")
	keys.ensure()
	assert "is not the one" in refused(
		restore, made, Path(backup.frappe.utils.get_bench_path()) / "config" / "keys" / f"{BENCH.site}.backup-identity"
	)


def test_a_failed_encryption_leaves_nothing(frappe_site, monkeypatch):
	from lsm_crm.services import backup

	before = backup.existing()
	monkeypatch.setattr(backup.pyrage, "encrypt_io", lambda *_args: (_ for _ in ()).throw(OSError("no")))
	with pytest.raises(backup.BackupError):
		backup.make()
	assert backup.existing() == before
	assert not list(backup.folder().glob(".*"))
