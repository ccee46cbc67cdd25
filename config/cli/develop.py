"""test, check, bench, console, lock, export-app."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from config.cli import lifecycle, setup
from config.cli.say import say, step
from config.services import supervise
from config.services.bench import OFFSET, PORTS, ROOT, Bench, get_bench, port_is_free
from config.services.machine import find

HELPER = [str(setup.PYTHON), "-m", "frappe.utils.bench_helper", "frappe"]


def free_bench(name: str) -> Bench:
	"""The bench `name` where it runs already, else at the first block of ports that nothing else uses."""
	bench = get_bench(name)
	if supervise.running(bench):
		return get_bench(name, supervise.first_port(bench) - OFFSET[name])
	while not all(port_is_free(bench.base + i) for i in range(len(PORTS))):
		bench = get_bench(name, bench.base - OFFSET[name] + 100)
	return bench


def test(arguments: list[str]) -> int:
	"""Run pytest on a site and ports of its own. `--keep` leaves that site running for the next run."""
	if "--framework" in arguments:
		from config.framework import own_tests

		return own_tests.main([a for a in arguments if a != "--framework"])
	keep = "--keep" in arguments
	bench = free_bench("test")
	setup.build_assets(bench)
	try:
		lifecycle.bring_up(bench, sample=True)
		supervise.restart(bench, "web", "worker")
		lifecycle.wait_for_site(bench)
		rest = [a for a in arguments if a != "--keep"]
		command = [str(setup.PYTHON), "-m", "pytest", *rest]
		return subprocess.run(command, cwd=ROOT, env=bench.environment()).returncode
	finally:
		if not keep:
			supervise.stop(bench)


def check(arguments: list[str]) -> int:
	"""Linters, formatters and type checks; `--fix` mends what they can mend."""
	fix = "--fix" in arguments
	binaries = setup.ENV / "bin"
	node = setup.NODE / "node_modules" / ".bin"
	commands: list[list] = [
		[binaries / "ruff", "check", *(["--fix"] if fix else []), "."],
		[binaries / "ruff", "format", *([] if fix else ["--check"]), "."],
		[binaries / "mypy", "--config-file", ROOT / "config" / "mypy.ini"],
		[node / "prettier", "--config", ROOT / "config" / "prettier.json", "--write" if fix else "--check", *scripts()],
		[node / "eslint", "--config", ROOT / "config" / "eslint.config.mjs", *scripts("js", "mjs")],
	]
	failed = 0
	for command in commands:
		say(f"— {Path(command[0]).name}")
		failed |= subprocess.run([str(part) for part in command], cwd=ROOT).returncode
	return failed


def scripts(*suffixes: str) -> list[str]:
	"""The scripts and styles of this repository, as git knows them."""
	wanted = suffixes or ("js", "mjs", "css")
	listed = subprocess.run(
		["git", "ls-files", "-co", "--exclude-standard", *(f"*.{suffix}" for suffix in wanted)],
		cwd=ROOT,
		capture_output=True,
		text=True,
	).stdout.split()
	return [name for name in listed if (ROOT / name).is_file()]


def bench(arguments: list[str]) -> int:
	"""A framework command on this bench's site, as `bench` itself would run it."""
	target = lifecycle.running_bench()
	site = [] if "--site" in arguments else ["--site", target.site]
	return subprocess.run([*HELPER, *site, *arguments], cwd=target.sites, env=target.environment()).returncode


def console(arguments: list[str]) -> int:
	return bench(["console", *arguments])


def lock(arguments: list[str]) -> int:
	"""Resolve framework's, bench's and app's needs into one lock with hashes."""
	packaging = ROOT / "pyproject.toml"
	os.environ["UV_PYTHON_DOWNLOADS"] = "never"
	with step("Resolving"):
		setup.run(
			[
				*(str(setup.ENV / "bin" / "uv"), "pip", "compile", "--quiet", "--generate-hashes", "--universal"),
				*("--python-version", "3.10", "--no-header", "--no-annotate", "--group", f"{packaging}:dev"),
				*(["--upgrade"] if "--upgrade" in arguments else []),
				*("--output-file", str(setup.LOCK), str(ROOT / "config" / "framework" / "requirements.in")),
				*(str(packaging), str(ROOT / "apps" / "lsm_crm" / "pyproject.toml")),
			],
			"The packages could not be resolved",
		)
	say(f"{len(re.findall(r'^[A-Za-z]', setup.LOCK.read_text(), re.M))} packages in {setup.LOCK.relative_to(ROOT)}")
	return 0


def export_app(arguments: list[str]) -> int:
	"""Write apps/lsm_crm as a git repository of its own, so that `bench get-app` can clone it."""
	if len(arguments) != 1:
		say("Say where to: ./lsm export-app DIR")
		return 2
	target = Path(arguments[0]).resolve()
	if target.exists() and any(target.iterdir()):
		say(f"{target} holds something already. Name an empty or a new folder.")
		return 1
	target.mkdir(parents=True, exist_ok=True)
	files = subprocess.run(
		["git", "ls-files", "-co", "--exclude-standard", "."],
		cwd=ROOT / "apps" / "lsm_crm",
		capture_output=True,
		text=True,
		check=True,
	).stdout.split("\n")
	for name in filter(None, files):
		source = ROOT / "apps" / "lsm_crm" / name
		if source.is_file():
			(target / name).parent.mkdir(parents=True, exist_ok=True)
			shutil.copy2(source, target / name)
	git = [find("git") or "git", "-C", str(target)]
	identity = ["-c", "user.name=LSM CRM", "-c", "user.email=info@leidssteunloket.nl"]
	subprocess.run([*git, "init", "--quiet", "--initial-branch=version-15"], check=True)
	subprocess.run([*git, "add", "--all"], check=True)
	subprocess.run([*git, *identity, "commit", "--quiet", "-m", "LSM CRM"], check=True)
	say(f"Written to {target}. On a Frappe 15 bench: bench get-app {target}")
	return 0
