"""Where the access log is kept: a second database, in which the site's log account may insert and read and nothing else.

Where a host gives no second database, a table in the site's own with triggers that refuse change and removal; `doctor` says so.
"""

import fcntl
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
LOCK_SECONDS = 10
NUMBER_SIGNS = 20
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
	from pymysql.constants import CLIENT

	own = conf.get("lsm_log_db") or {"name": conf.db_name, "password": conf.db_password}
	db = get_db(host=conf.db_host, user=own["name"], password=own["password"], port=conf.db_port)
	settings = {**db.get_connection_settings(), "autocommit": True, "client_flag": CLIENT.MULTI_STATEMENTS}
	db.get_connection_settings = lambda: settings
	db.connect()
	return db


def append(row: dict) -> tuple[int, str]:
	"""Add one row to the chain and give (id, hash) of the new head. Writers take turns by a named lock."""
	for attempt in (1, 2):
		try:
			with connection() as (db, table):
				number, digest = _append(db, table, row)
				break
		except Exception:
			if attempt == 2:
				raise
	keep_head(number, digest)
	return number, digest


def _append(db, table: str, row: dict) -> tuple[int, str]:
	"""Lock, insert and unlock in one turn to the server. Where the insert fails, the caller drops the connection, and
	the lock with it."""
	cursor = db._conn.cursor()
	cursor.execute(
		f"""DO GET_LOCK(%(lock)s, {LOCK_SECONDS});
		INSERT INTO {table} (at, actor, door, doctype, number, subjects, mac, previous, hash)
		SELECT %(at)s, %(actor)s, %(door)s, %(doctype)s, %(number)s, %(subjects)s, %(mac)s,
			last.hash, SHA2(CONCAT(last.hash, %(mac)s), 256)
		FROM (SELECT COALESCE((SELECT hash FROM {table} ORDER BY id DESC LIMIT 1), '{FIRST}') AS hash) last
		WHERE IS_USED_LOCK(%(lock)s) = CONNECTION_ID()
		RETURNING id, hash;
		DO RELEASE_LOCK(%(lock)s)""",  # noqa: S608 our own names; values are bound
		{**row, "lock": f"lsm_log_{frappe.local.conf.db_name}"[:64]},
	)
	cursor.nextset()
	head = cursor.fetchone()
	# That the lock is given back is not waited for: its answer is read before the connection's next statement.
	if not head:
		raise TimeoutError("the access log is busy")
	return head


def head_file() -> Path:
	"""The last number and hash, outside the database, so that a missing end shows."""
	from lsm_crm.services import keys

	return _beside(keys.path())


@lru_cache(maxsize=64)
def _beside(key_file: Path) -> Path:
	return key_file.with_suffix(".log-head")


def keep_head(number: int, digest: str) -> None:
	"""Write the head down; of writers at the same moment the one with the later row stays."""
	descriptor = os.open(head_file(), os.O_RDWR | os.O_CREAT, 0o600)
	try:
		fcntl.flock(descriptor, fcntl.LOCK_EX)
		if int(os.pread(descriptor, NUMBER_SIGNS, 0) or 0) < number:
			os.pwrite(descriptor, f"{number:0{NUMBER_SIGNS}d} {digest}\n".encode(), 0)
	finally:
		os.close(descriptor)


def kept_head() -> tuple[int, str]:
	try:
		number, digest = head_file().read_text().split()
		return int(number), digest
	except FileNotFoundError:
		return 0, FIRST
