"""start, stop, status, logs, reset, run."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

from config.cli.say import say, step
from config.services import database, site, supervise
from config.services.bench import Bench, alone, get_bench
from config.services.machine import MachineError
from config.services.processes import become

CODE = ("web", "worker", "schedule")  # the processes that run the app's code


def parse(arguments: list[str], *flags: str) -> argparse.Namespace:
	parser = argparse.ArgumentParser(prog="./lsm")
	parser.add_argument("--port", type=int, help="the first of the ports to use")
	for flag in flags:
		parser.add_argument(flag, action="store_true")
	return parser.parse_args(arguments)


def start(arguments: list[str]) -> None:
	options = parse(arguments, "--detach", "--empty")
	bench = get_bench("dev", options.port)
	if supervise.running(bench):
		bench = last_started(options.port)
	made = bring_up(bench, sample=not options.empty)
	welcome(bench, made)
	if not options.detach:
		stay(bench)


def bring_up(bench: Bench, sample: bool, apps: tuple[str, ...] = ("frappe", "lsm_crm")) -> bool:
	"""Start every process, make or update the site; return True when the site was made now."""
	with alone(bench):
		if not supervise.running(bench):
			database.create_data_folder(bench)
			with step("Starting database, cache and queue"):
				supervise.start_supervisor(bench)
				database.wait(bench)
		elif (port := supervise.first_port(bench)) != bench.base:
			raise MachineError(
				f"{bench.site} runs already, with its ports from {port} on. "
				f"End it first with ./lsm stop, or go on with it: LSM_PORT={port} ./lsm start"
			)
		done = site.ensure(bench, sample, list(apps))
		with step("Starting the web server and the workers"):
			if done:
				# Processes that were running hold the old code, and with it the old permission table.
				supervise.restart(bench, *CODE)
			supervise.start_others(bench)
			wait_for_site(bench)
		return done == "made"


def wait_for_site(bench: Bench, seconds: int = 90) -> None:
	"""Return once the site answers through the front process."""
	end = time.monotonic() + seconds
	while True:
		try:
			if urllib.request.urlopen(f"{bench.url}/api/method/ping", timeout=10).status == 200:
				return
		except (urllib.error.URLError, OSError):
			if time.monotonic() > end:
				dying = [row["name"] for row in supervise.processes(bench) if row["note"]]
				named = f" These processes keep dying: {', '.join(dying)}." if dying else ""
				raise MachineError(f"The site does not answer at {bench.url}.{named} Look at: ./lsm logs") from None
		time.sleep(0.3)


def welcome(bench: Bench, made: bool) -> None:
	say(f"\nLSM CRM is at {bench.url}")
	if made:
		admin = site.read_accounts(bench)[0]
		say(f"Log in as {admin['user']} with the password {admin['password']} (shown this once).")
	say(f"All accounts: {site.accounts_file(bench)}")


def stay(bench: Bench) -> None:
	"""Keep the terminal until Ctrl-C, then end everything."""
	say("Ctrl-C ends it.")

	def end(*_):
		raise KeyboardInterrupt

	signal.signal(signal.SIGTERM, end)
	told: set[str] = set()
	try:
		while supervise.running(bench):
			dying = {row["name"] for row in supervise.processes(bench) if row["note"]}
			for name in dying - told:
				say(f"The process {name} keeps dying; its log: {bench.logs / name}.log")
			told = dying
			time.sleep(2)
	except KeyboardInterrupt:
		say("\nEnding …")
		supervise.stop(bench)
		say("Ended.")


def running_bench(port: int | None = None) -> Bench:
	"""The bench that the environment names, else the dev bench."""
	if os.environ.get("LSM_BENCH"):
		return get_bench()
	return last_started(port)


def last_started(port: int | None) -> Bench:
	"""The dev bench at the port that was asked for, else at the one with which it was started last."""
	bench = get_bench("dev", port)
	return bench if port or os.environ.get("LSM_PORT") else get_bench("dev", supervise.first_port(bench))


def stop(arguments: list[str]) -> None:
	bench = running_bench(parse(arguments).port)
	say("Ended." if supervise.stop(bench) else "Nothing was running.")


def status(arguments: list[str]) -> int:
	options = parse(arguments, "--json")
	bench = running_bench(options.port)
	rows = supervise.processes(bench)
	up = all(row["state"] == "running" for row in rows)
	if options.json:
		print(json.dumps({"url": bench.url, "site": bench.site, "running": up, "processes": rows}, indent=1))
	else:
		for row in rows:
			port = row["port"] or ""
			print(f"{row['name']:<10} {row['state']:<10} {port!s:<6} {row['log']}  {row['note']}".rstrip())
		print(f"\n{bench.url}" if up else "\nNot everything runs. Type: ./lsm start")
	return 0 if up else 1


def logs(arguments: list[str]) -> None:
	bench = running_bench()
	names = [bench.logs / f"{name}.log" for name in arguments] or sorted(bench.logs.glob("*.log"))
	subprocess.run(["tail", "-n", "30", "-F", *map(str, names)])


def reset(arguments: list[str]) -> None:
	options = parse(arguments, "--yes", "--empty")
	bench = running_bench(options.port)
	if not options.yes and input(f"This deletes everything in {bench.site}. Type its name to go on: ") != bench.site:
		say("Nothing was deleted.")
		return
	supervise.stop(bench)
	if bench.site_path.exists():
		(bench.site_path / ".lsm-creating").touch()
	bring_up(bench, sample=not options.empty)
	welcome(bench, made=True)


def run(arguments: list[str]) -> None:
	become(running_bench(), arguments[0])
