"""doctor, backup, restore, clear-sample, audit."""

from __future__ import annotations

import shutil
import subprocess

from config.cli import setup
from config.cli.lifecycle import CODE, parse, running_bench
from config.cli.say import say
from config.framework import obtain
from config.services import machine, site, supervise
from config.services.bench import PORTS, ROOT, port_is_free

NOTE = "Note: "  # no fault, but worth knowing


def doctor(arguments: list[str]) -> int:
	"""Print one line for each thing that is missing or wrong, with the command that mends it."""
	found = [*about_machine(), *about_setup(), *about_site()]
	for trouble, remedy in found:
		say(f"{'•' if trouble.startswith(NOTE) else '✗'} {trouble.removeprefix(NOTE)}\n    {remedy}")
	wrong = [trouble for trouble, _ in found if not trouble.startswith(NOTE)]
	if not wrong:
		say("✓ Nothing is missing.")
	return 1 if wrong else 0


def about_machine():
	if packages := machine.missing_packages(tests=True):
		yield f"Debian packages are missing: {', '.join(packages)}", f"apt-get install {' '.join(packages)}"
	if (free := shutil.disk_usage(ROOT).free // 2**20) < 1000:
		yield f"Only {free} MiB are free on the disk", "free some room"


def about_setup():
	if not obtain.installed():
		yield "The framework is not in apps/frappe", "./lsm start"
	elif not obtain.verify():
		yield "apps/frappe differs from what was pinned", "rm -r apps/frappe && ./lsm start"
	if not setup.STAMP.is_file() or setup.STAMP.read_text() != setup.environment_digest():
		yield "The Python packages are not those of the lock", "./lsm start"


def about_site():
	bench = running_bench()
	if (bench.site_path / ".lsm-creating").exists() or not bench.site_path.exists():
		yield "The site is not there or not whole", "./lsm start"
		return
	if not supervise.running(bench):
		busy = [bench.port(name) for name in PORTS if not port_is_free(bench.port(name))]
		if busy:
			yield f"Ports {busy} are in use by another program", f"LSM_PORT={bench.base + 100} ./lsm start"
		else:
			yield "Nothing is running", "./lsm start"
		return
	for row in supervise.processes(bench):
		if row["state"] != "running":
			yield f"The process {row['name']} is {row['state']} {row['note']}", f"./lsm logs {row['name']}"
	for line in site.work(bench, "doctor").strip().splitlines():
		trouble, _, remedy = line.partition("\t")
		yield trouble, remedy


def backup(arguments: list[str]) -> int:
	return own_module("backup", arguments)


def restore(arguments: list[str]) -> int:
	bench = running_bench()
	failed = own_module("restore", arguments)
	if not failed and supervise.running(bench):
		supervise.restart(bench, *CODE)  # they know the tables of before
	return failed


def own_module(action: str, arguments: list[str]) -> int:
	"""Backups are the app's own matter: encrypted, atomic, tested by restoring."""
	bench = running_bench()
	command = [str(setup.PYTHON), "-m", "lsm_crm.commands.backups", action, "--site", bench.site, *arguments]
	return subprocess.run(command, cwd=bench.sites, env=bench.environment()).returncode


def clear_sample(arguments: list[str]) -> None:
	bench = running_bench(parse(arguments).port)
	site.work(bench, "clear_sample")
	site.write_accounts(bench, site.read_accounts(bench)[:1])
	say("The sample data is gone; what you entered is still there.")


AUDIT = {
	"dependencies": "tests/audit/test_dependencies.py",
	"guard": "tests/unit/test_guard_lists.py tests/audit/test_guard_cost.py",
	"protection": "apps/lsm_crm/lsm_crm/services/test_protection.py",
	"requests": "tests/audit/test_requests.py",
	"sessions": "tests/audit/test_sessions.py",
	"backup": "tests/audit/test_backup.py",
	"secrets": "tests/audit/test_secrets.py",
	"faults": "tests/audit/faults",
	"read-log": "tests/audit/test_read_log.py",
	"erasure": "tests/audit/test_erasure.py",
	"registrations": "tests/http/test_volunteer_registration.py::test_many_at_once_none_lost_none_doubled",
	"attacks": "tests/attacks/test_corpus.py",
	"cells": "tests/cells/test_cells.py",
	"mutants": "tests/cells/test_mutants.py tests/attacks/test_guard_mutants.py",
	"browser": "tests/browser/test_attacks_in_a_browser.py",
	"openapi": "tests/http/test_openapi_schema.py",
	"access": "tests/browser/access",
}


def audit(arguments: list[str]) -> int:
	"""All parts in one run that ends with a table, or the parts that are named: `./lsm audit cells`.

	`--mutants` takes away every permission rule in turn instead of a sample, and does nothing else unless parts are named.
	"""
	from config.cli.develop import test

	named = [part for part in arguments if part in AUDIT] or (["mutants"] if "--mutants" in arguments else [])
	rest = [argument for argument in arguments if argument not in AUDIT]
	parts = named or list(AUDIT)
	if "guard" in parts and not machine.find("valgrind"):
		machine.install_packages(["valgrind"], say)
	return test(
		[
			*(path for part in parts for path in AUDIT[part].split()),
			*([] if named else ["tests/audit"]),
			"--audit",
			*rest,
		]
	)
