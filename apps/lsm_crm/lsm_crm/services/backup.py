"""Backups: one file per backup, encrypted with age for a public key before anything touches the disk, whole or not there at all.

In it: the site's database without its sessions, the access log, private and public files, the site's settings without secrets.
Never in it: the key file of protected fields, passwords, the framework's own key. Restoring (`services/restore.py`) needs the
private key (the identity file), which belongs on another machine. Nothing is asked for or given on a command line.
"""

import json
import os
import re
import secrets
import shutil
import subprocess
import tarfile
import tempfile
import threading
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path

import frappe
import pyrage
from frappe import _

from lsm_crm.services import encryption, keys, read_log_store

ENDING = ".tar.gz.age"
CHUNK = 8 * 1024 * 1024
NOT_SETTINGS = re.compile(r"password|secret|token|(?<!backup_)key|lsm_log_db", re.IGNORECASE)
KEY_CHECK = ("Backup", "manifest", "key_check")  # the place that the manifest's cipher text is bound to
LOG_COLUMNS = ("id", "at", "actor", "door", "doctype", "number", "subjects", "mac", "previous", "hash")
LOG_PART = 5000


class BackupError(Exception):
	"""The backup was not made, or not restored; nothing half is left."""


def folder() -> Path:
	return Path(frappe.local.conf.get("lsm_backup_folder") or frappe.get_site_path("private", "backups")).resolve()


def existing() -> list[Path]:
	"""Whole backups, newest first."""
	return sorted(folder().glob(f"*{ENDING}"), reverse=True) if folder().is_dir() else []


def identity_file() -> Path:
	return keys.path().with_suffix(".backup-identity")


def recipients() -> list:
	"""The public keys that backups are encrypted for. Makes a pair where there is none yet."""
	configured = frappe.local.conf.get("lsm_backup_keys")
	if not configured:
		configured = [_make_pair()]
	try:
		return [pyrage.x25519.Recipient.from_str(key) for key in configured]
	except Exception as error:
		raise BackupError(_("A public key for backups is not a valid age key.")) from error


def _make_pair() -> str:
	from frappe.installer import update_site_config

	identity = pyrage.x25519.Identity.generate()
	target = identity_file()
	target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
	descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
	with os.fdopen(descriptor, "w") as file:
		file.write(f"{identity}\n")
	public = str(identity.to_public())
	update_site_config("lsm_backup_keys", [public])
	return public


def make() -> Path:
	"""Make a backup and give its path. Throws BackupError, and leaves no file, when anything fails."""
	target = folder() / f"{frappe.local.site}-{datetime.now():%Y%m%d-%H%M%S}{ENDING}"
	target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
	partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
	try:
		_write_encrypted(partial, recipients())
		if not partial.read_bytes()[:21] == b"age-encryption.org/v1":
			raise BackupError(_("The backup was not encrypted and is not kept."))
		os.replace(partial, target)
		_sync(target.parent)
	except BackupError:
		raise
	except Exception as error:
		raise BackupError(_("The backup was not made: {0}").format(error)) from error
	finally:
		partial.unlink(missing_ok=True)
	return target


def _write_encrypted(partial: Path, public_keys: list) -> None:
	"""Pack into a pipe whose other end encrypts: no plain byte is written to the disk."""
	read_end, write_end = os.pipe()
	failures: list[Exception] = []

	def encrypt_in_thread():
		try:
			descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
			with os.fdopen(read_end, "rb") as plain, os.fdopen(descriptor, "wb") as out:
				pyrage.encrypt_io(plain, out, public_keys)
				out.flush()
				os.fsync(out.fileno())
		except Exception as error:
			failures.append(error)

	encrypter = threading.Thread(target=encrypt_in_thread)
	encrypter.start()
	try:
		with os.fdopen(write_end, "wb") as out:
			_pack(out)
	except BrokenPipeError:
		pass  # the other end says why
	finally:
		encrypter.join()
	if failures:
		raise failures[0]


def _pack(out) -> None:
	conf, site_path = frappe.local.conf, Path(frappe.get_site_path()).resolve()
	frappe.db.commit()
	with tarfile.open(fileobj=out, mode="w|gz") as archive:
		_add(archive, "manifest.json", json.dumps(_manifest()).encode())
		for number, part in enumerate(_dump(conf, conf["db_name"], conf["db_password"])):
			_add(archive, f"database/{number:06d}.sql", part)
		for number, rows in enumerate(log_rows()):
			lines = "".join(json.dumps(row, default=str) + "\n" for row in rows)
			_add(archive, f"access_log/{number:06d}.jsonl", lines.encode())
		for name in ("private/files", "public/files"):
			base = site_path / name
			for path in sorted(base.rglob("*")) if base.is_dir() else ():
				if path.is_file() and not path.is_symlink():
					archive.add(path, f"files/{name}/{path.relative_to(base)}", recursive=False)


def _manifest() -> dict:
	conf = frappe.local.conf
	return {
		"site": frappe.local.site,
		"at": str(datetime.now()),
		"settings": {key: value for key, value in conf.items() if not NOT_SETTINGS.search(key) and _is_plain(value)},
		# whoever restores is told at once when the site's key file is another one
		"key_check": encryption.encrypt("lsm", *KEY_CHECK),
	}


def log_rows():
	"""The access log in parts, each a list of rows in the order of LOG_COLUMNS."""
	last = 0
	while True:
		with read_log_store.connection(reading=True) as (db, table):
			rows = db.sql(
				f"SELECT {', '.join(LOG_COLUMNS)} FROM {table} WHERE id > %s ORDER BY id LIMIT {LOG_PART}",  # noqa: S608 our own names
				(last,),
			)
		if not rows:
			return
		yield rows
		last = rows[-1][0]


def _is_plain(value) -> bool:
	return isinstance(value, (str, int, float, bool, list, dict, type(None)))


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
	info = tarfile.TarInfo(name)
	info.size, info.mode = len(content), 0o600
	archive.addfile(info, BytesIO(content))


def _dump(conf, name: str, password: str):
	"""The database as SQL, in parts. The password goes by a file that only this account reads."""
	program = shutil.which("mariadb-dump") or shutil.which("mysqldump")
	if not program:
		raise BackupError(_("mariadb-dump is not on this machine."))
	with client_file(conf, name, password) as file:
		command = [program, f"--defaults-extra-file={file}", "--single-transaction", "--quick", "--no-tablespaces"]
		command += ["--hex-blob", "--skip-lock-tables", "--default-character-set=utf8mb4"]
		# nobody is logged in after a restore; where the access log has no database of its own, it goes apart
		command += [
			f"--ignore-table-data={name}.tabSessions",
			f"--ignore-table={name}.lsm_{read_log_store.TABLE}",
			name,
		]
		with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as dump:
			assert dump.stdout and dump.stderr
			while part := dump.stdout.read(CHUNK):
				yield part
			said = dump.stderr.read().decode(errors="replace")
			if dump.wait():
				raise BackupError(_("The database could not be read: {0}").format(said[-300:]))


@contextmanager
def client_file(conf, user: str, password: str):
	with tempfile.TemporaryDirectory(prefix="lsm-") as temporary:
		file = Path(temporary) / "client.cnf"
		descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
		with os.fdopen(descriptor, "w") as out:
			out.write(f"[client]\nhost={conf.get('db_host') or '127.0.0.1'}\nport={conf.get('db_port') or 3306}\n")
			out.write(f'user={user}\npassword="{password}"\n')
		yield file


def _sync(path: Path) -> None:
	descriptor = os.open(path, os.O_RDONLY)
	try:
		os.fsync(descriptor)
	finally:
		os.close(descriptor)
