"""Putting a backup back: read through once before anything is changed, then loaded beside what there is, and only then in its place.

The present tables wait under names that begin with `~`. When loading fails they come back; when it was killed, the next restore
begins by bringing them back. No plain byte of the backup is written to the disk but what the database and the files keep themselves.
What happened since the backup and must not be undone is kept: erasures are done again, the access log only grows, numbers that
were given to somebody are not given to somebody else, and nobody is logged in.
"""

import json
import os
import secrets
import shutil
import subprocess
import tarfile
import threading
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import frappe
import pyrage
from frappe import _
from frappe.installer import update_site_config

from lsm_crm.services import encryption, keys, log_pseudonyms, read_log_store
from lsm_crm.services.backup import CHUNK, KEY_CHECK, LOG_COLUMNS, BackupError, client_file, identity_file

ASIDE = "~"
LOADED = f"{ASIDE}loaded"  # this table is there once the backup is loaded whole, so that its tables are the true ones
FOLDERS = ("private/files", "public/files")


def restore(source: Path, identity: Path | None = None) -> dict:
	"""Put a backup back into this site. Gives {"files", "log_rows", "erased_again", "set_aside": folders with the former files}.

	Throws BackupError before anything is changed when the file or a key is wrong, and after everything was put back when
	loading fails.
	"""
	from lsm_crm.services import erasure

	secret = _identity(identity or identity_file())
	_check(source, secret)
	with _nobody_else():
		bring_back()
		result = _load(source, secret)
		frappe.db.close()
		frappe.connect()
		frappe.cache.delete_keys("")
		frappe.clear_cache()
		log_pseudonyms.tell_others()
		result["erased_again"] = erasure.replay()
		frappe.db.commit()
	return result


def _identity(file: Path):
	try:
		return pyrage.x25519.Identity.from_str(file.read_text().strip())
	except OSError as error:
		raise BackupError(_("The identity file {0} cannot be read.").format(file)) from error
	except Exception as error:
		raise BackupError(_("{0} holds no age identity.").format(file)) from error


def _check(source: Path, secret) -> None:
	"""Read the whole backup without keeping anything of it: right key, undamaged, whole, and of this site's key file."""
	manifest, parts = {}, 0
	for name, file in _members(source, secret):
		if name == "manifest.json":
			manifest = json.loads(file.read())
		parts += name.startswith("database/")
	if not manifest or not parts:
		raise BackupError(_("This is not a whole backup."))
	try:
		encryption.decrypt(manifest.get("key_check"), *KEY_CHECK)
	except (encryption.DecryptionError, keys.KeyFileError) as error:
		frappe.clear_messages()
		raise BackupError(
			_("The key file {0} is not the one with which this backup was made. Put that one there first.").format(
				keys.path()
			)
		) from error


def _members(source: Path, secret):
	"""(name, open file) of each file in the backup, decrypted as it is read. Throws BackupError where it cannot be."""
	read_end, write_end = os.pipe()
	failures: list[Exception] = []

	def decrypt():
		try:
			with os.fdopen(write_end, "wb") as plain, open(source, "rb") as cipher:
				pyrage.decrypt_io(cipher, plain, [secret])
		except Exception as error:
			failures.append(error)

	worker = threading.Thread(target=decrypt)
	worker.start()
	try:
		with os.fdopen(read_end, "rb") as plain:
			try:
				with tarfile.open(fileobj=plain, mode="r|gz") as archive:
					for member in archive:
						if member.isfile():
							yield member.name, archive.extractfile(member)
				while plain.read(CHUNK):  # the last block is checked only when it is read
					pass
			except (tarfile.TarError, EOFError, OSError) as error:
				failures.append(error)
	finally:
		worker.join()
	if failures:
		raise BackupError(_("The backup cannot be opened: wrong key, or the file is damaged.")) from failures[0]


@contextmanager
def _nobody_else():
	"""While tables are exchanged no request is answered and no job begins."""
	before = {name: frappe.local.conf.get(name) or 0 for name in ("maintenance_mode", "pause_scheduler")}
	for name in before:
		update_site_config(name, 1)
	try:
		yield
	finally:
		for name, value in before.items():
			update_site_config(name, value)


def tables() -> dict[str, str]:
	"""{table: "BASE TABLE" or "VIEW" or …} of the site, without an access log that has no database of its own."""
	found = {name: kind for name, kind in frappe.db.sql("SHOW FULL TABLES")}
	found.pop(f"lsm_{read_log_store.TABLE}", None)
	return found


def bring_back() -> None:
	"""End what a restore left that was killed: the former tables in their place again, or dropped when they are not needed."""
	found = tables()
	waiting = [name for name in found if name.startswith(ASIDE)]
	if LOADED in found:
		_drop([name for name in waiting if name != LOADED])
		_drop([LOADED])  # last, so that a kill in between is known for what it is
		return
	for name in waiting:
		own = name.removeprefix(ASIDE)
		if own in found:
			_drop([own])
		frappe.db.sql_ddl(f"RENAME TABLE `{name}` TO `{own}`")


def _drop(names: list[str]) -> None:
	kinds = tables()
	for name in names:
		kind = "VIEW" if kinds.get(name) == "VIEW" else "SEQUENCE" if kinds.get(name) == "SEQUENCE" else "TABLE"
		frappe.db.sql_ddl(f"DROP {kind} IF EXISTS `{name}`")


def _load(source: Path, secret) -> dict:
	site_path = Path(frappe.get_site_path()).resolve()
	stamp = f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
	fresh = {name: site_path / f"{name}-restored-{stamp}" for name in FOLDERS}
	former = list(tables())
	try:
		for name in former:
			frappe.db.sql_ddl(f"RENAME TABLE `{name}` TO `{ASIDE}{name}`")
		counts = _load_members(source, secret, fresh)
		frappe.db.sql_ddl(f"CREATE TABLE `{LOADED}` (id INT)")
	except BaseException:
		frappe.db.rollback()
		for folder in fresh.values():
			shutil.rmtree(folder, ignore_errors=True)
		_drop([name for name in tables() if not name.startswith(ASIDE) and name not in former])
		bring_back()
		raise
	counts["set_aside"] = _exchange(fresh, site_path, stamp)
	_keep_since(former)
	bring_back()
	return counts


def _load_members(source: Path, secret, fresh: dict[str, Path]) -> dict:
	counts = {"files": 0, "log_rows": 0}
	for folder in fresh.values():
		folder.mkdir(parents=True)
	with _client() as feed:
		for name, file in _members(source, secret):
			if name.startswith("database/"):
				feed(file)
			elif name.startswith("access_log/"):
				counts["log_rows"] += _add_log_rows([json.loads(line) for line in file])
			elif name.startswith("files/"):
				counts["files"] += _put_file(name.removeprefix("files/"), file, fresh)
	return counts


@contextmanager
def _client():
	"""Gives a function that hands a file of SQL to the database's own client."""
	conf = frappe.local.conf
	program = shutil.which("mariadb") or shutil.which("mysql")
	if not program:
		raise BackupError(_("The mariadb client is not on this machine."))
	with client_file(conf, conf["db_name"], conf["db_password"]) as settings:
		command = [program, f"--defaults-extra-file={settings}", "--default-character-set=utf8mb4", conf["db_name"]]
		with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as client:
			assert client.stdin and client.stderr
			try:
				yield lambda file: shutil.copyfileobj(file, client.stdin, CHUNK)
				client.stdin.close()
			except BrokenPipeError:
				pass  # the client says why
			said = client.stderr.read().decode(errors="replace")
			if client.wait():
				raise BackupError(_("The database could not be restored: {0}").format(said[-300:]))


def _put_file(name: str, file, fresh: dict[str, Path]) -> int:
	for folder, target in fresh.items():
		if name.startswith(f"{folder}/"):
			place = (target / name.removeprefix(f"{folder}/")).resolve()
			if not place.is_relative_to(target.resolve()):
				raise BackupError(_("This is not a whole backup."))
			place.parent.mkdir(parents=True, exist_ok=True)
			with open(place, "wb") as out:
				shutil.copyfileobj(file, out, CHUNK)
			return 1
	return 0


def _exchange(fresh: dict[str, Path], site_path: Path, stamp: str) -> list[str]:
	"""Files of the backup in place of the site's; what was uploaded since is moved aside, not lost."""
	aside = []
	for name, folder in fresh.items():
		target = site_path / name
		if target.exists() and any(target.iterdir()):
			former = target.with_name(f"files-before-{stamp}")
			os.replace(target, former)
			aside.append(str(former))
		elif target.exists():
			target.rmdir()
		os.replace(folder, target)
	return aside


def _keep_since(former: list[str]) -> None:
	"""From the tables that waited: numbers given since the backup, and who is meant in the access log's rows since then."""
	if "tabSeries" in former:
		frappe.db.sql(
			f"""INSERT INTO `tabSeries` (name, current) SELECT name, current FROM `{ASIDE}tabSeries`
			ON DUPLICATE KEY UPDATE `tabSeries`.current = GREATEST(`tabSeries`.current, VALUES(current))"""  # noqa: S608 our own names
		)
	if "tabLog Pseudonym" in former:
		columns = "name, creation, modified, owner, kind, record, pseudonym"
		frappe.db.sql(
			f"INSERT IGNORE INTO `tabLog Pseudonym` ({columns}) SELECT {columns} FROM `{ASIDE}tabLog Pseudonym`"  # noqa: S608 our own names
		)
	frappe.db.commit()


def _add_log_rows(rows: list[dict]) -> int:
	"""The log only grows. A row that is there stays; one that is missing keeps its number where that is free, so that an empty
	log becomes what it was; a log that went another way gets the row at its end, with its content as it was signed."""
	with read_log_store.connection(reading=True) as (db, table):
		there = dict(db.sql(f"SELECT mac, id FROM {table} WHERE mac IN %s", ([row[7] for row in rows],)))  # noqa: S608 our own names
		missing = [row for row in rows if row[7] not in there]
		head = db.sql(f"SELECT id, hash FROM {table} ORDER BY id DESC LIMIT 1")  # noqa: S608 our own names
		end, end_hash = head[0] if head else (0, read_log_store.FIRST)
		for row in missing:
			content = dict(zip(LOG_COLUMNS, row, strict=True))
			if content["id"] > end and content["previous"] == end_hash:
				marks = ", ".join(["%s"] * len(row))
				db.sql(f"INSERT INTO {table} ({', '.join(LOG_COLUMNS)}) VALUES ({marks})", row)  # noqa: S608 our own names
				end, end_hash = content["id"], content["hash"]
			else:
				end, end_hash = read_log_store.append(content)
	if missing and read_log_store.kept_head()[0] < end:
		read_log_store.keep_head(end, end_hash)
	return len(missing)
