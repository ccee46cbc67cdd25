"""The private MariaDB: its data folder, its root account, waiting until it answers."""

from __future__ import annotations

import os
import secrets
import subprocess
import time

from config.services.bench import Bench, database_host, database_port, external_services
from config.services.machine import MachineError, find


def root_account(bench: Bench) -> tuple[str, str]:
	"""User and password that may create databases: ours, or $LSM_DB_ROOT_USER and $LSM_DB_ROOT_PASSWORD."""
	if "database" in external_services():
		return os.environ.get("LSM_DB_ROOT_USER", "root"), os.environ.get("LSM_DB_ROOT_PASSWORD", "")
	return "root", (bench.var / "mariadb-root").read_text()


def create_data_folder(bench: Bench) -> None:
	"""Make MariaDB's data folder with a root account of a random password; whole or not at all."""
	data = bench.var / "mariadb"
	if "database" in external_services() or data.is_dir():
		return
	password = secrets.token_urlsafe(24)
	secret = bench.var / "mariadb-root"
	secret.touch(mode=0o600)
	secret.write_text(password)
	script = bench.var / "mariadb-root.sql"
	script.touch(mode=0o600)
	script.write_text(
		"FLUSH PRIVILEGES;\n"  # the bootstrap runs without grant tables until then
		f"CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '{password}';\n"
		"GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;\n"
		"DROP USER IF EXISTS 'root'@'localhost';\nDROP USER IF EXISTS 'root'@'::1';\n"
		"DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host <> '127.0.0.1');\n"
		"FLUSH PRIVILEGES;\n"
	)
	building = bench.var / f"mariadb.new-{os.getpid()}"
	done = subprocess.run(
		[
			find("mariadb-install-db") or "mariadb-install-db",
			"--no-defaults",
			f"--datadir={building}",
			"--auth-root-authentication-method=normal",
			"--skip-test-db",
			f"--extra-file={script}",
			*([f"--user={os.environ.get('USER', 'root')}"] if os.geteuid() == 0 else []),
		],
		capture_output=True,
		text=True,
	)
	script.unlink()
	if done.returncode:
		raise MachineError("MariaDB's data folder could not be made: " + " ".join(done.stderr.split()[-40:]))
	building.rename(data)


def connect(bench: Bench, **arguments):
	"""A PyMySQL connection as the account that may create databases."""
	import pymysql

	user, password = root_account(bench)
	return pymysql.connect(
		host=database_host(), port=database_port(bench), user=user, password=password, connect_timeout=5, **arguments
	)


def wait(bench: Bench, seconds: int = 60) -> None:
	"""Return once MariaDB answers; raise MachineError with where to look when it does not in time."""
	import pymysql

	end = time.monotonic() + seconds
	while True:
		try:
			connect(bench).close()
			return
		except pymysql.err.OperationalError as error:
			if time.monotonic() > end:
				raise MachineError(
					f"MariaDB does not answer on port {database_port(bench)} ({error.args[1]}). "
					f"Its log is {bench.logs / 'database.log'}."
				) from error
			time.sleep(0.25)
