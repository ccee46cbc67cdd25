"""Where the access log is kept: a second database, in which the site's log account may insert and read and nothing else.

Where a host gives no second database, a table in the site's own with triggers that refuse change and removal; `doctor` says so.
"""

import fcntl
import hashlib
import os
import threading
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import frappe

TABLE = "access_log"
COLUMNS = """
	id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	at DATETIME(6) NOT NULL,
	actor CHAR(32) NOT NULL,
	door VARCHAR(20) NOT NULL,
	doctype VARCHAR(140) NOT NULL,
	number INT NOT NULL,
	subjects MEDIUMTEXT NOT NULL,
	mac CHAR(64) NOT NULL,
	previous CHAR(64) NOT NULL,
	hash CHAR(64) NOT NULL,
	KEY at (at), KEY actor (actor, at)
"""
FIRST = "0" * 64
CONTENT = ("at", "actor", "door", "doctype", "number", "subjects", "mac")
MARKS = ", ".join(["%s"] * (len(CONTENT) + 3))  # and its number, the hash before and its own
NUMBER_SIGNS = 20
HEAD_SIGNS = NUMBER_SIGNS + len(FIRST) + 2
_kept = threading.local()  # a web process answers in several threads, and a connection is for one


def create(root_user: str, root_password: str) -> None:
	"""Make the log's database and account. Needs an account that may create databases; called once, when the site is made."""
	from frappe.database import get_db
	from frappe.installer import update_site_config

	conf = frappe.local.conf
	name = f"{conf.db_name[:50]}_log"
	password = frappe.generate_hash(length=32)
	root = get_db(host=conf.db_host, user=root_user, password=root_password, port=conf.db_port)
	for host in ("%",) if conf.db_host not in ("127.0.0.1", "localhost") else ("127.0.0.1", "localhost"):
		root.sql(f"CREATE OR REPLACE USER `{name}`@`{host}` IDENTIFIED BY '{password}'")
		root.sql(f"CREATE DATABASE IF NOT EXISTS `{name}` CHARACTER SET utf8mb4")
		root.sql(f"CREATE TABLE IF NOT EXISTS `{name}`.{TABLE} ({COLUMNS}) ENGINE=InnoDB")
		root.sql(f"GRANT SELECT, INSERT ON `{name}`.{TABLE} TO `{name}`@`{host}`")
	root.sql("FLUSH PRIVILEGES")
	root.close()
	update_site_config("lsm_log_db", {"name": name, "password": password})


def ensure() -> None:
	"""Where there is no second database, make the table with its triggers in the site's own."""
	if frappe.local.conf.get("lsm_log_db") or frappe.db.sql(f"SHOW TABLES LIKE 'lsm_{TABLE}'"):
		return
	frappe.db.sql_ddl(f"CREATE TABLE lsm_{TABLE} ({COLUMNS}) ENGINE=InnoDB")
	for event in ("UPDATE", "DELETE"):
		frappe.db.sql_ddl(
			f"CREATE TRIGGER lsm_{TABLE}_{event.lower()} BEFORE {event} ON lsm_{TABLE} FOR EACH ROW "
			"SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the access log is not changed'"
		)


def is_separate() -> bool:
	"""Whether the log is out of reach of the site's own database account."""
	return bool(frappe.local.conf.get("lsm_log_db"))


@contextmanager
def connection(reading: bool = False):
	"""(connection, table name); kept open by each thread, opened again when it was lost.

	Who reads asks first whether it still stands; a row is added without asking, and once more when that failed.
	"""
	own: dict[tuple, Any] = _kept.__dict__.setdefault("connections", {})
	key = (os.getpid(), frappe.local.site)
	if reading and key in own and not _stands(own[key]):
		disconnect()
	if key not in own:
		own[key] = _connect(frappe.local.conf)
	try:
		yield own[key], (TABLE if is_separate() else f"lsm_{TABLE}")
	except Exception:
		disconnect()
		raise


def _stands(db) -> bool:
	try:
		return bool(db.sql("SELECT 1"))
	except Exception:
		return False


def disconnect() -> None:
	"""Close this thread's connection to the log; the next use opens another."""
	lost = _kept.__dict__.get("connections", {}).pop((os.getpid(), frappe.local.site), None)
	if lost:
		with suppress(Exception):  # it may be broken already
			lost.close()


def _connect(conf):
	from frappe.database import get_db

	own = conf.get("lsm_log_db") or {"name": conf.db_name, "password": conf.db_password}
	db = get_db(host=conf.db_host, user=own["name"], password=own["password"], port=conf.db_port)
	settings = {**db.get_connection_settings(), "autocommit": True}
	db.get_connection_settings = lambda: settings
	db.connect()
	return db


def append(row: dict) -> tuple[int, str]:
	"""Add one row to the chain and give (id, hash) of the new head.

	Writers on this machine take turns by a lock on the head's file, which holds what the row follows. Its number is the next one, so
	a second writer that follows the same row is refused by the database, and goes on from what stands there by then. Rows removed
	from the end are not built over: the head's file knows the later number, and the chain breaks where they are missing.
	"""
	with _turn() as file:
		before = _read(file)
		try:
			head = _follow(before, row)
		except Exception:  # the connection was lost
			head = _follow(before, row)
		_write(file, head)
	return head


def _follow(before: tuple[int, str], row: dict) -> tuple[int, str]:
	with connection() as (db, table):
		head = _add(db, table, row, before) or _add(db, table, row, _last(db, table))
		if not head:
			raise TimeoutError("the access log is busy")
	return head


def _last(db, table: str) -> tuple[int, str]:
	rows = db.sql(f"SELECT id, hash FROM {table} ORDER BY id DESC LIMIT 1")  # noqa: S608 our own names
	return rows[0] if rows else (0, FIRST)


def _add(db, table: str, row: dict, head: tuple[int, str]) -> tuple[int, str] | None:
	"""The new head, or None where that number is taken. Without the framework's own work on a query: this is a part of every reading."""
	number, previous = head[0] + 1, head[1]
	digest = chained(previous, row["mac"])
	values = (number, *(row[key] for key in CONTENT), previous, digest)
	try:
		db._conn.cursor().execute(f"INSERT INTO {table} VALUES ({MARKS})", values)  # noqa: S608 our own names; values are bound
	except Exception as error:
		if db.is_primary_key_violation(error):
			return None
		raise
	return number, digest


def chained(previous: str, mac: str) -> str:
	"""The hash of a row that follows the one with the hash `previous`."""
	return hashlib.sha256((previous + mac).encode()).hexdigest()


def head_file() -> Path:
	"""The last number and hash, outside the database, so that a missing end shows."""
	from lsm_crm.services import keys

	return _beside(keys.path())


@lru_cache(maxsize=64)
def _beside(key_file: Path) -> Path:
	return key_file.with_suffix(".log-head")


def keep_head(number: int, digest: str) -> None:
	"""Write the head down; the one with the later number stays."""
	with _turn() as file:
		if _read(file)[0] < number:
			_write(file, (number, digest))


def kept_head() -> tuple[int, str]:
	with _turn() as file:
		return _read(file)


@contextmanager
def _turn():
	"""The head's file, while nobody else writes the log."""
	file = os.open(head_file(), os.O_RDWR | os.O_CREAT, 0o600)
	try:
		fcntl.flock(file, fcntl.LOCK_EX)
		yield file
	finally:
		os.close(file)


def _read(file: int) -> tuple[int, str]:
	number, digest = (os.pread(file, HEAD_SIGNS, 0).decode() or f"0 {FIRST}").split()
	return int(number), digest


def _write(file: int, head: tuple[int, str]) -> None:
	os.pwrite(file, f"{head[0]:0{NUMBER_SIGNS}d} {head[1]}\n".encode(), 0)
