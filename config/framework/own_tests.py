"""`./lsm test --framework`: the framework's own tests, compared with the list of those known to fail.

They run in a bench of their own (`var/framework`) without lsm_crm, on a new site `localhost` (the tests ask for
`http://<site>:<port>`) with web server, worker and scheduler up. The module that drives `bench` itself may take
the framework off its site, so it runs last and on a site of its own; those that measure time wait for a quiet
machine.

Options: `--module frappe.tests.test_api` (repeatable) runs single modules; `--keep` leaves the bench running, and
single modules then use it again. A whole run always begins with a new site.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from config.cli import lifecycle, setup
from config.cli.say import say, step
from config.framework import obtain
from config.services import database, site, supervise
from config.services.bench import Bench, lay_out

HERE = Path(__file__).resolve().parent
EXPECTED = HERE / "expected_failures.json"
RUNNER = HERE / "own_tests_runner.py"
COMMANDS_MODULE = "frappe.tests.test_commands"
COMMANDS_SITE = "commands.localhost"
# These measure the machine: requests per second, a job done in two seconds, a password judged in ten.
TIMED_MODULES = (
	"frappe.tests.test_perf",
	"frappe.tests.test_background_jobs",
	"frappe.tests.test_password_strength",
)
PATIENCE = 600  # seconds that they wait for a quiet machine
PASSWORD = "admin"  # the tests log in with it; the site is thrown away and listens on loopback
BAD = ("failed", "error")


def main(arguments: list[str]) -> int:
	parser = argparse.ArgumentParser(prog="./lsm test --framework")
	parser.add_argument("--module", action="append", default=[])
	parser.add_argument("--keep", action="store_true")
	options = parser.parse_args(arguments)
	from config.cli.develop import free_bench

	bench = free_bench("framework")
	mail = start_mail_server(bench)
	try:
		bring_up(bench, anew=not (options.keep and options.module))
		began = time.monotonic()
		rows, ended = run_all(bench, options.module)
		return report(bench, rows, ended, options.module, time.monotonic() - began)
	finally:
		mail.stop()
		if not options.keep:
			supervise.stop(bench)


def start_mail_server(bench: Bench):
	"""A mail server that takes everything and keeps nothing."""
	from aiosmtpd.controller import Controller
	from aiosmtpd.handlers import Sink

	server = Controller(Sink(), hostname="127.0.0.1", port=bench.port("mail"))
	server.start()
	return server


def bring_up(bench: Bench, anew: bool) -> None:
	"""Start the bench with everything the tests talk to; `anew` throws away what an earlier run left."""
	if anew:
		supervise.stop(bench)
	lay_out(bench)
	copy_framework(bench, anew)
	write_settings(bench)
	setup.build_assets(bench)
	if not supervise.running(bench):
		if anew:
			shutil.rmtree(bench.var / "mariadb", ignore_errors=True)
			shutil.rmtree(bench.sites / bench.site, ignore_errors=True)
			shutil.rmtree(bench.sites / COMMANDS_SITE, ignore_errors=True)
		database.create_data_folder(bench)
		with step("Starting database, cache and queue"):
			supervise.start_supervisor(bench)
			database.wait(bench)
		write_settings(bench)
	make_site(bench, bench.site)
	with step("Starting the web server and the workers"):
		supervise.start_others(bench)
		lifecycle.wait_for_site(bench)


def copy_framework(bench: Bench, anew: bool) -> None:
	"""Give the bench a framework of its own, since the tests make and leave DocTypes and apps in it."""
	copy = bench.root / "apps" / "frappe"
	if anew or not copy.exists():
		shutil.rmtree(copy.parent, ignore_errors=True)
		shutil.copytree(obtain.TARGET, copy)


def write_settings(bench: Bench) -> None:
	"""The bench's settings: this run's ports, and what the framework's own continuous integration sets."""
	file = bench.sites / "common_site_config.json"
	settings = json.loads(file.read_text())
	settings |= {
		"db_host": "127.0.0.1",
		"db_port": bench.port("database"),
		"default_site": bench.site,
		"redis_cache": f"redis://127.0.0.1:{bench.port('cache')}",
		"redis_queue": f"redis://127.0.0.1:{bench.port('queue')}",
		"redis_socketio": f"redis://127.0.0.1:{bench.port('queue')}",
		"socketio_port": bench.port("realtime"),
		"webserver_port": bench.port("web"),
		"server_script_enabled": True,
		"disable_error_snapshot": 0,
	}
	if (bench.var / "mariadb-root").exists():
		user, password = database.root_account(bench)
		settings |= {"root_login": user, "root_password": password}
	file.write_text(json.dumps(settings, indent=1) + "\n")


def make_site(bench: Bench, name: str) -> None:
	"""A site with the framework alone, as the framework's own continuous integration sets it up."""
	whole = bench.sites / name / ".whole"
	if whole.exists():
		return
	shutil.rmtree(bench.sites / name, ignore_errors=True)
	user, password = database.root_account(bench)
	settings = {
		"admin_password": PASSWORD,
		"allow_tests": True,
		"db_type": "mariadb",
		"host_name": f"http://localhost:{bench.port('web')}",
		"mail_login": "test@example.com",
		"mail_password": "test",
		"mail_port": bench.port("mail"),
		"mail_server": "localhost",
		"monitor": 1,
	}
	with step(f"Making the site {name}"):
		site.work(
			replace_site(bench, name),
			"create",
			root_user=user,
			root_password=password,
			admin_password=PASSWORD,
			settings=settings,
		)
	whole.touch()


class NamedBench(Bench):
	"""The same bench with another site."""

	other = ""

	@property
	def site(self) -> str:
		return self.other


def replace_site(bench: Bench, name: str) -> Bench:
	named = NamedBench(**replace(bench).__dict__)
	object.__setattr__(named, "other", name)
	return named


def run_all(bench: Bench, modules: list[str]) -> tuple[list[dict], bool]:
	"""Run the modules (all when none is named); returns the outcomes and whether each run came to its end."""
	apart = (*TIMED_MODULES, COMMANDS_MODULE)
	others = [name for name in modules if name not in apart]
	timed = [name for name in TIMED_MODULES if not modules or name in modules]
	parts = []
	if others or not modules:
		parts.append(run(bench, bench.site, "tests", others, without=apart))
	if timed:
		wait_for_quiet()
		parts.append(run(bench, bench.site, "timed", timed))
	if not modules or COMMANDS_MODULE in modules:
		make_site(bench, COMMANDS_SITE)
		parts.append(run(bench, COMMANDS_SITE, "commands", [COMMANDS_MODULE]))
	return [row for rows, _ in parts for row in rows], all(ended for _, ended in parts)


def wait_for_quiet() -> None:
	"""Return when the machine has little else to do, or after `PATIENCE`."""
	cores = os.cpu_count() or 1
	end = time.monotonic() + PATIENCE
	while os.getloadavg()[0] > cores and time.monotonic() < end:
		time.sleep(10)
	if os.getloadavg()[0] > cores:
		say("The machine is busy with other work; tests that measure time may fail for that.")


def run(
	bench: Bench, name: str, label: str, modules: list[str], without: tuple[str, ...] = ()
) -> tuple[list[dict], bool]:
	results = bench.var / f"{label}.jsonl"
	results.unlink(missing_ok=True)
	command = [str(setup.PYTHON), str(RUNNER), name, str(results)]
	command += [flag for module in modules for flag in ("--module", module)]
	command += [flag for module in without for flag in ("--without", module)]
	log = bench.logs / f"own-{label}.log"
	what = f"{len(modules)} modules" if len(modules) > 3 else ", ".join(modules) or "all other tests"
	say(f"Running {what} on {name}; output: {log}")
	with log.open("w") as output:
		done = subprocess.Popen(command, cwd=bench.sites, env=bench.environment(), stdout=output, stderr=output)
		watch(done, results)
	rows = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
	ended = bool(rows) and rows[-1]["outcome"] == "ended"
	return [row for row in rows if row["test"]], ended


def watch(process: subprocess.Popen, results: Path) -> None:
	"""Wait for the run and tell every half minute how far it is."""
	while True:
		try:
			process.wait(30)
			return
		except subprocess.TimeoutExpired:
			lines = results.read_text().splitlines() if results.exists() else []
			bad = sum('"failed"' in line or '"error"' in line for line in lines)
			say(f"  {len(lines)} tests done, {bad} not passed")


def worst(rows: list[dict]) -> dict[str, dict]:
	"""test -> its row; of several (parts of a test, a class that could not be set up) a bad one."""
	found: dict[str, dict] = {}
	for row in rows:
		if row["test"] not in found or row["outcome"] in BAD:
			found[row["test"]] = row
	return found


def report(bench: Bench, rows: list[dict], ended: bool, modules: list[str], seconds: float) -> int:
	"""Print and store the result; 0 when nothing failed but what the list explains."""
	expected = json.loads(EXPECTED.read_text())["tests"]
	found = worst(rows)
	bad = {name: row for name, row in found.items() if row["outcome"] in BAD}
	unexplained = sorted(bad.keys() - expected.keys())
	passing = sorted(name for name in expected if found.get(name, {}).get("outcome") == "passed")
	missing = [] if modules else sorted(expected.keys() - found.keys())
	skipped = sum(row["outcome"] == "skipped" for row in found.values())
	write_junit(bench.var / "framework-tests.xml", found, expected)
	summary = {
		"ran": len(found),
		"explained": len(bad) - len(unexplained),
		"unexplained": unexplained,
		"skipped": skipped,
		"expected_but_passed": passing,
		"expected_but_absent": missing,
		"came_to_the_end": ended,
		"seconds": round(seconds),
	}
	(bench.var / "framework-tests.json").write_text(json.dumps(summary, indent="\t") + "\n")
	for name in unexplained:
		say(f"\nFAILED {name}\n{bad[name]['text'].strip()[-1500:]}")
	for name in passing:
		say(f"Expected to fail, but passed: {name}. Take it off {EXPECTED.name}.")
	for name in missing:
		say(f"Expected to fail, but there is no such test: {name}.")
	if not ended:
		say("The run did not come to its end; the last test it began is in the log.")
	say(
		f"\nThe framework's own tests: {len(found)} ran, {skipped} skipped, {summary['explained']} failed as explained, "
		f"{len(unexplained)} failed unexplained, in {seconds / 60:.1f} minutes. {bench.var / 'framework-tests.json'}"
	)
	return 1 if unexplained or missing or not ended or not found else 0


def write_junit(file: Path, found: dict[str, dict], expected: dict[str, dict]) -> None:
	"""The same as JUnit's XML; an explained failure counts as skipped, with its cause."""
	suite = ElementTree.Element("testsuite", name="framework")
	for name, row in sorted(found.items()):
		group, _, short = name.rpartition(".")
		case = ElementTree.SubElement(suite, "testcase", classname=group, name=short, time=str(row["seconds"]))
		if row["outcome"] in BAD and name in expected:
			ElementTree.SubElement(case, "skipped", message=expected[name]["cause"])
		elif row["outcome"] in BAD:
			ElementTree.SubElement(case, "failure", message=row["outcome"]).text = printable(row["text"])
		elif row["outcome"] == "skipped":
			ElementTree.SubElement(case, "skipped", message=printable(row["text"]))
	ElementTree.ElementTree(suite).write(file, encoding="unicode", xml_declaration=True)


def printable(text: str) -> str:
	"""Without the control characters that XML cannot hold."""
	return "".join(letter for letter in text if letter >= " " or letter in "\n\t")


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
