"""Backup, drop, restore: every table row for row, every file by hash, protected fields readable; a wrong key fails before anything changes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.figures import figure

pytestmark = pytest.mark.skipif(
	"not config.getoption('--audit')", reason="a part of ./lsm audit: it drops and restores"
)

CHANGING = (
	"tabSessions",
	"tabDefaultValue",
	"tabRQ Job",
	"tabScheduled Job Log",
	"tabScheduled Job Type",
	"tabError Log",
	"tabRoute History",
)


def tables(frappe) -> dict[str, int]:
	frappe.db.commit()
	names = [name for (name,) in frappe.db.sql("SHOW TABLES") if name not in CHANGING]
	return {name: frappe.db.sql(f"CHECKSUM TABLE `{name}`")[0][1] for name in names}


def files(frappe) -> dict[str, str]:
	base = Path(frappe.get_site_path())
	found = [path for name in ("private/files", "public/files") for path in (base / name).rglob("*") if path.is_file()]
	return {str(path.relative_to(base)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def test_backup_drop_restore(frappe_site, tmp_path):
	import pyrage

	from lsm_crm.services import backup
	from lsm_crm.tests.factories import make, make_client

	record = make("Client Confidential", client=make_client().name, health="Terug te lezen")
	frappe_site.get_doc({"doctype": "File", "file_name": "terug.txt", "is_private": 1, "content": "terug"}).insert()
	frappe_site.db.commit()
	before, on_disk = tables(frappe_site), files(frappe_site)
	made = backup.make()
	assert made in backup.existing() and b"Terug te lezen" not in made.read_bytes()
	wrong = tmp_path / "wrong"
	wrong.write_text(str(pyrage.x25519.Identity.generate()))
	with pytest.raises(backup.BackupError):
		backup.restore(made, wrong)
	assert tables(frappe_site) == before
	frappe_site.db.sql_ddl("DROP TABLE `tabClient Confidential`")
	backup.restore(made)
	after = tables(frappe_site)
	differing = [name for name in before if before[name] != after.get(name)]
	figure(
		"backup", f"{len(before)} tables and {len(on_disk)} files restored, {len(differing)} tables differ", "all, 0"
	)
	assert differing == []
	assert files(frappe_site) == on_disk
	assert frappe_site.get_doc("Client Confidential", record.name).health == "Terug te lezen"


def test_a_failed_encryption_leaves_nothing(frappe_site, monkeypatch):
	from lsm_crm.services import backup

	before = backup.existing()
	monkeypatch.setattr(backup.pyrage, "encrypt_io", lambda *_args: (_ for _ in ()).throw(OSError("no")))
	with pytest.raises(backup.BackupError):
		backup.make()
	assert backup.existing() == before
	assert not list(backup.folder().glob(".*"))
