"""Where a bench of this repository lives and which ports it uses.

The repository itself is the bench `dev`. Each other one (`test`, `framework`) is a folder below `var/` with
its own sites, data and ports, which borrows `apps` and `env` by links, so that a running site is left alone.
"""

from __future__ import annotations

import fcntl
import os
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SITES = {"dev": "lsm.localhost", "test": "lsm-test.localhost", "framework": "localhost"}
OFFSET = {"dev": 0, "test": 10, "framework": 20}
PORTS = ("front", "web", "realtime", "database", "cache", "queue", "mail")
DEFAULT_PORT = 8000
NODE_BINARIES = ROOT / "config" / "framework" / "node_modules" / ".bin"  # yarn, for `bench build`


@dataclass(frozen=True)
class Bench:
	"""One bench: its name, its root folder (bench-shaped) and the first of its ports."""

	name: str
	base: int

	@property
	def root(self) -> Path:
		return ROOT if self.name == "dev" else ROOT / "var" / self.name / "bench"

	@property
	def var(self) -> Path:
		"""Data, settings and process ids of the services."""
		return ROOT / "var" / self.name

	@property
	def sites(self) -> Path:
		return self.root / "sites"

	@property
	def logs(self) -> Path:
		return self.root / "logs"

	@property
	def site(self) -> str:
		return SITES[self.name]

	@property
	def site_path(self) -> Path:
		return self.sites / self.site

	@property
	def url(self) -> str:
		"""The address that answers on loopback without any entry in the machine's hosts file."""
		return f"http://127.0.0.1:{self.port('front')}"

	def port(self, process: str) -> int:
		return self.base + PORTS.index(process)

	@property
	def python_path(self) -> str:
		"""The framework's own tests write into the framework: that bench has a copy, found before the real one."""
		own = [str(self.root / "apps" / "frappe")] if self.name == "framework" else []
		return os.pathsep.join([*own, str(ROOT)])

	def environment(self) -> dict[str, str]:
		"""What every process of this bench gets beside the machine's own environment."""
		return {
			# With CI set the framework takes every job for a test's; a site runs here as it would anywhere.
			**{name: value for name, value in os.environ.items() if name != "CI"},
			"PATH": f"{ROOT / 'env' / 'bin'}:{NODE_BINARIES}:{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin:/sbin:/bin",
			"PYTHONPATH": self.python_path,
			"LSM_BENCH": self.name,
			"LSM_PORT": str(self.base - OFFSET[self.name]),
			"FRAPPE_BENCH_ROOT": str(self.root),
			"FRAPPE_DB_HOST": database_host(),
			"FRAPPE_DB_PORT": str(database_port(self)),
			"FRAPPE_REDIS_CACHE": os.environ.get("LSM_REDIS_CACHE") or f"redis://127.0.0.1:{self.port('cache')}",
			"FRAPPE_REDIS_QUEUE": os.environ.get("LSM_REDIS_QUEUE") or f"redis://127.0.0.1:{self.port('queue')}",
		}


def database_host() -> str:
	return os.environ.get("LSM_DB_HOST") or "127.0.0.1"


def database_port(bench: Bench) -> int:
	return int(os.environ.get("LSM_DB_PORT") or bench.port("database"))


def external_services() -> set[str]:
	"""Names of the processes that are not ours since settings name a server that exists already."""
	found = set()
	if os.environ.get("LSM_DB_HOST"):
		found.add("database")
	if os.environ.get("LSM_REDIS_CACHE"):
		found.add("cache")
	if os.environ.get("LSM_REDIS_QUEUE"):
		found.add("queue")
	return found


def get_bench(name: str = "", port: int | None = None) -> Bench:
	"""The bench `name` (default: $LSM_BENCH or dev), its ports counted from `port`, $LSM_PORT or 8000."""
	name = name or os.environ.get("LSM_BENCH") or "dev"
	base = port or int(os.environ.get("LSM_PORT") or DEFAULT_PORT)
	return Bench(name, base + OFFSET[name])


def port_is_free(port: int) -> bool:
	with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind(("127.0.0.1", port))
		except OSError:
			return False
	return True


def lay_out(bench: Bench) -> None:
	"""Make the folders and links that turn `bench.root` into a bench; safe to repeat."""
	for folder in (bench.sites, bench.logs, bench.root / "config" / "pids", bench.var):
		folder.mkdir(parents=True, exist_ok=True)
	bench.var.chmod(0o700)
	if bench.name == "dev":
		return
	for name in ("env",) if bench.name == "framework" else ("apps", "env"):
		link = bench.root / name
		if not link.is_symlink():
			link.symlink_to(ROOT / name)
	if bench.name == "test":
		# The same apps, so the same scripts and styles: built once, for the repository's own bench.
		assets = ROOT / "sites" / "assets"
		assets.mkdir(parents=True, exist_ok=True)
		if not (bench.sites / "assets").is_symlink():
			(bench.sites / "assets").symlink_to(assets)
	apps = ["frappe"] if bench.name == "framework" else (ROOT / "sites" / "apps.txt").read_text().split()
	(bench.sites / "apps.txt").write_text("\n".join(apps) + "\n")
	common = (ROOT / "sites" / "common_site_config.json").read_text()
	(bench.sites / "common_site_config.json").write_text(common)


class Busy(Exception):
	"""Another command is setting up the same bench."""


@contextmanager
def alone(bench: Bench):
	"""Let one command at a time set up `bench`; the lock goes with its process, however that ends."""
	with (bench.var / "lock").open("a") as lock:
		try:
			fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			raise Busy(f"Another ./lsm command is setting up {bench.site} just now. Wait until it is done.") from None
		yield
