"""The Procfile's processes: what each one is, and the supervisor that keeps them alive.

`./lsm run NAME` becomes the program itself, so `honcho start` or `bench start` can use the same Procfile.
"""

from __future__ import annotations

import contextlib
import ctypes
import getpass
import os
import signal
import string
from pathlib import Path

from config.services.bench import ROOT, Bench, external_services
from config.services.machine import find

TEMPLATES = Path(__file__).parent / "templates"
FOUNDATION = ("database", "cache", "queue")
# Each commit is on the disk before it is acknowledged. A test's data need to outlive a killed process, not a power cut.
DURABLE = "innodb_flush_log_at_trx_commit = 1"
QUICK = "innodb_flush_log_at_trx_commit = 2\ninnodb_flush_method = nosync\ninnodb_doublewrite = 0"
WEB_WORKERS = 2
WEB_THREADS = 4
PR_SET_PDEATHSIG = 1


def procfile() -> dict[str, str]:
	"""Process name -> command, in the Procfile's order, without servers that settings place elsewhere."""
	lines = (ROOT / "Procfile").read_text().splitlines()
	pairs = (line.split(":", 1) for line in lines if ":" in line)
	return {name: command.strip() for name, command in pairs if name not in external_services()}


def fill(bench: Bench, template: str, **values) -> str:
	"""Text of a settings template with this bench's folders and ports filled in."""
	ports = {f"port_{name}": bench.port(name) for name in ("front", "web", "realtime", "database", "cache", "queue")}
	known = {
		"root": ROOT,
		"var": bench.var,
		"sites": bench.sites,
		"logs": bench.logs,
		"site": bench.site,
		"user": getpass.getuser(),
		"durability": DURABLE if bench.name == "dev" else QUICK,
		"listen": os.environ.get("LSM_LISTEN") or "127.0.0.1",
		**ports,
		**values,
	}
	return string.Template((TEMPLATES / template).read_text()).substitute(known)


def write_settings(bench: Bench) -> None:
	"""Render the settings of every process below the bench's var folder."""
	for name in ("mariadb.cnf", "cache.conf", "queue.conf", "nginx.conf"):
		(bench.var / name).write_text(fill(bench, name))
	for folder in ("cache", "queue", "nginx"):
		(bench.var / folder).mkdir(exist_ok=True)
	mode = "user root;" if os.geteuid() == 0 else ""
	(bench.var / "nginx-user.conf").write_text(mode)
	(bench.var / "supervisord.conf").write_text(supervisor_settings(bench))


def supervisor_settings(bench: Bench) -> str:
	programs = []
	for order, (name, command) in enumerate(procfile().items()):
		programs.append(
			fill(
				bench,
				"program.conf",
				name=name,
				command=command,
				order=order,
				autostart=str(name in FOUNDATION).lower(),
			)
		)
	return fill(bench, "supervisord.conf") + "\n".join(programs)


def command_of(bench: Bench, name: str) -> tuple[list[str], Path]:
	"""The program of process `name` with its arguments, and the folder it runs in."""
	python = str(ROOT / "env" / "bin" / "python")
	helper = [python, "-m", "frappe.utils.bench_helper", "frappe"]
	commands: dict[str, list] = {
		"database": [find("mariadbd"), f"--defaults-file={bench.var / 'mariadb.cnf'}", f"--user={getpass.getuser()}"],
		"cache": [find("redis-server"), str(bench.var / "cache.conf")],
		"queue": [find("redis-server"), str(bench.var / "queue.conf")],
		"front": [find("nginx"), "-p", str(bench.var / "nginx"), "-c", str(bench.var / "nginx.conf"), "-e", "stderr"],
		"web": [python, "-m", "gunicorn", *gunicorn_arguments(bench), "frappe.app:application"],
		"realtime": [
			find("node"),
			str(ROOT / "config" / "framework" / "realtime" / "server.mjs"),
			*("--port", str(bench.port("realtime")), "--site", bench.site),
			*("--web", f"http://127.0.0.1:{bench.port('web')}"),
			*("--redis", bench.environment()["FRAPPE_REDIS_QUEUE"]),
		],
		"worker": [*helper, "worker", "--queue", "short,default,long"],
		"schedule": [*helper, "schedule"],
	}
	if name not in commands:
		raise SystemExit(f"There is no process {name}; the Procfile has {', '.join(commands)}.")
	return commands[name], bench.sites


def gunicorn_arguments(bench: Bench) -> list[str]:
	return [
		f"--bind=127.0.0.1:{bench.port('web')}",
		f"--workers={WEB_WORKERS}",
		f"--threads={WEB_THREADS}",
		"--worker-class=gthread",
		"--timeout=120",
		"--graceful-timeout=10",
		"--no-control-socket",
		"--preload",
		"--max-requests=5000",
		"--max-requests-jitter=500",
	]


def end_with_parent() -> None:
	"""Ask the kernel to end this process when the one that started it is gone, however it went."""
	ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end_leftovers(bench: Bench, name: str) -> None:
	"""End what a killed predecessor left behind: nginx's workers outlive their master and keep its port.

	The supervisor gives each process a group of its own, whose number is noted here. Only members that still
	work in this bench's sites folder are ended, so a number that was given out again harms nobody.
	"""
	import psutil  # from the environment, which set-up on the system's Python does not have yet

	note = bench.var / f"{name}.group"
	former = int(note.read_text()) if note.exists() else 0
	own = os.getpgrp()
	for process in psutil.process_iter():
		with contextlib.suppress(psutil.Error, ProcessLookupError):
			if former not in (0, own) and os.getpgid(process.pid) == former and process.cwd() == str(bench.sites):
				process.kill()
	# Without a group of its own (another starter than the supervisor) there is nothing to note.
	note.write_text(str(own if own == os.getpid() else 0))


def become(bench: Bench, name: str) -> None:
	"""Turn this process into process `name`; it ends when the supervisor that started it is killed."""
	parent = os.getppid()
	end_with_parent()
	if os.getppid() != parent:
		raise SystemExit("The supervisor is gone.")
	end_leftovers(bench, name)
	command, folder = command_of(bench, name)
	os.chdir(folder)
	os.execve(command[0], command, bench.environment())
