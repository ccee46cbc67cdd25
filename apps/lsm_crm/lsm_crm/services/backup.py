"""Backups: one file per backup, encrypted with age for a public key before anything touches the disk, whole or not there at all.

In it: the site's database, the access log, private and public files, the site's settings without secrets. Never in it: the key file
of protected fields, passwords, the framework's own key. Restoring needs the private key (the identity file), which belongs on
another machine. Nothing is asked for or given on a command line.
"""

import json
import os
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

from lsm_crm.services import keys

ENDING = ".tar.gz.age"
CHUNK = 8 * 1024 * 1024
SECRETS = ("db_password", "encryption_key", "lsm_log_db", "admin_password", "root_password", "backup_encryption_key")


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
	site = frappe.local.site
	conf = dict(frappe.local.conf)
	site_path = Path(frappe.get_site_path()).resolve()

	def pack_in_thread():
		try:
			with os.fdopen(write_end, "wb") as out:
				_pack(out, site, conf, site_path)
		except Exception as error:
			failures.append(error)

	packer = threading.Thread(target=pack_in_thread)
	packer.start()
	descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
	try:
		with os.fdopen(read_end, "rb") as plain, os.fdopen(descriptor, "wb") as out:
			pyrage.encrypt_io(plain, out, public_keys)
			out.flush()
			os.fsync(out.fileno())
	finally:
		packer.join()
	if failures:
		raise failures[0]


def _pack(out, site: str, conf: dict, site_path: Path) -> None:
	with tarfile.open(fileobj=out, mode="w|gz") as archive:
		settings = {key: value for key, value in conf.items() if key not in SECRETS and _is_plain(value)}
		_add(
			archive,
			"manifest.json",
			json.dumps({"site": site, "at": str(datetime.now()), "settings": settings}).encode(),
		)
		for number, part in enumerate(_dump(conf, conf["db_name"], conf["db_password"])):
			_add(archive, f"database/{number:06d}.sql", part)
		if log := conf.get("lsm_log_db"):
			for number, part in enumerate(_dump(conf, log["name"], log["password"])):
				_add(archive, f"access_log/{number:06d}.sql", part)
		for name in ("private/files", "public/files"):
			base = site_path / name
			for path in sorted(base.rglob("*")) if base.is_dir() else ():
				if path.is_file() and not path.is_symlink():
					archive.add(path, f"files/{name}/{path.relative_to(base)}", recursive=False)


def _is_plain(value) -> bool:
	return isinstance(value, (str, int, float, bool, list, dict, type(None)))


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
	info = tarfile.TarInfo(name)
	info.size, info.mode = len(content), 0o600
	archive.addfile(info, BytesIO(content))


def _dump(conf: dict, name: str, password: str):
	"""The database as SQL, in parts. The password goes by a file that only this account reads."""
	program = shutil.which("mariadb-dump") or shutil.which("mysqldump")
	if not program:
		raise BackupError(_("mariadb-dump is not on this machine."))
	with _client_file(conf, name, password) as file:
		command = [program, f"--defaults-extra-file={file}", "--single-transaction", "--quick", "--no-tablespaces"]
		command += ["--hex-blob", "--skip-lock-tables", "--default-character-set=utf8mb4", name]
		with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as dump:
			assert dump.stdout and dump.stderr
			while part := dump.stdout.read(CHUNK):
				yield part
			said = dump.stderr.read().decode(errors="replace")
			if dump.wait():
				raise BackupError(_("The database could not be read: {0}").format(said[-300:]))


@contextmanager
def _client_file(conf: dict, user: str, password: str):
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


def restore(source: Path, identity: Path | None = None) -> dict:
	"""Put a backup back into this site, then erase again who was erased since. Gives {"files", "erased_again"}.

	Throws BackupError before anything is changed when the file or the key is wrong.
	"""
	from lsm_crm.services import erasure

	frappe.db.commit()
	with tempfile.TemporaryDirectory(prefix="lsm-restore-", dir=folder()) as temporary:
		plain = Path(temporary)
		_unpack(source, identity or identity_file(), plain)
		_check(plain)
		conf = dict(frappe.local.conf)
		_drop_tables()
		_load(conf, sorted((plain / "database").glob("*.sql")))
		files = _put_files(plain / "files", Path(frappe.get_site_path()).resolve())
	frappe.db.close()
	frappe.connect()
	frappe.clear_cache()
	again = erasure.replay()
	frappe.db.commit()
	return {"files": files, "erased_again": again}


def _unpack(source: Path, identity: Path, target: Path) -> None:
	try:
		secret = pyrage.x25519.Identity.from_str(identity.read_text().strip())
	except OSError as error:
		raise BackupError(_("The identity file {0} cannot be read.").format(identity)) from error
	except Exception as error:
		raise BackupError(_("{0} holds no age identity.").format(identity)) from error
	read_end, write_end = os.pipe()
	failures: list[Exception] = []

	def decrypt():
		try:
			with open(source, "rb") as cipher, os.fdopen(write_end, "wb") as plain:
				pyrage.decrypt_io(cipher, plain, [secret])
		except Exception as error:
			failures.append(error)

	worker = threading.Thread(target=decrypt)
	worker.start()
	try:
		with os.fdopen(read_end, "rb") as plain, tarfile.open(fileobj=plain, mode="r|gz") as archive:
			archive.extractall(target, filter="data")
			while plain.read(CHUNK):  # the last block is checked only when it is read
				pass
	except Exception as error:
		failures.append(error)
	finally:
		worker.join()
	if failures:
		raise BackupError(_("The backup cannot be opened: wrong key, or the file is damaged.")) from failures[0]


def _check(plain: Path) -> None:
	if not (plain / "manifest.json").is_file() or not list((plain / "database").glob("*.sql")):
		raise BackupError(_("This is not a whole backup."))


def _drop_tables() -> None:
	frappe.db.sql("SET foreign_key_checks = 0")
	for name, kind in frappe.db.sql("SHOW FULL TABLES"):
		frappe.db.sql_ddl(f"DROP {'VIEW' if kind == 'VIEW' else 'TABLE'} IF EXISTS `{name}`")


def _load(conf: dict, parts: list[Path]) -> None:
	program = shutil.which("mariadb") or shutil.which("mysql")
	if not program:
		raise BackupError(_("The mariadb client is not on this machine."))
	with _client_file(conf, conf["db_name"], conf["db_password"]) as file:
		command = [program, f"--defaults-extra-file={file}", "--default-character-set=utf8mb4", conf["db_name"]]
		with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as client:
			assert client.stdin and client.stderr
			for part in parts:
				client.stdin.write(part.read_bytes())
			client.stdin.close()
			said = client.stderr.read().decode(errors="replace")
			if client.wait():
				raise BackupError(_("The database could not be restored: {0}").format(said[-300:]))


def _put_files(source: Path, site_path: Path) -> int:
	"""Files of the backup in place of the site's; what was uploaded since is moved aside, not lost."""
	count = 0
	for name in ("private/files", "public/files"):
		target = site_path / name
		if target.exists():
			os.replace(target, target.with_name(f"files-before-{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"))
		target.mkdir(parents=True)
		base = source / name
		for path in base.rglob("*") if base.is_dir() else ():
			if path.is_file():
				place = target / path.relative_to(base)
				place.parent.mkdir(parents=True, exist_ok=True)
				shutil.copy2(path, place)
				count += 1
	return count
