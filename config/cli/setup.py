"""Everything between a fresh clone and the first process: packages, framework, Python, JavaScript, assets.

Runs on the system's Python with the standard library alone. Each step knows whether it is done already, and
an interrupted one is done again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.cli.say import say, step
from config.framework import obtain
from config.services import machine
from config.services.bench import ROOT, Bench, get_bench, lay_out

ENV = ROOT / "env"
PYTHON = ENV / "bin" / "python"
LOCK = ROOT / "config" / "requirements.lock"
STAMP = ENV / ".lsm-stamp"
NODE = ROOT / "config" / "framework"


class SetupError(Exception):
	"""Set-up could not go on; the message says why and what to do."""


def digest(*paths: Path) -> str:
	total = hashlib.sha256()
	for path in paths:
		total.update(path.read_bytes())
	return total.hexdigest()


def environment_digest() -> str:
	pyproject = ROOT / "apps" / "lsm_crm" / "pyproject.toml"
	return digest(LOCK, pyproject) + str(ROOT) + obtain.PINS["tree_sha256"]


def prepare(bench: Bench, tests: bool = False) -> None:
	"""Bring the machine and the repository to where processes can start. Safe to repeat, quick the second time."""
	prepare_tools(tests)
	lay_out(bench)
	build_assets(bench)


def prepare_tools(tests: bool = False) -> None:
	"""What the checks need too: Debian's packages, the framework, the Python environment and the JavaScript packages."""
	if packages := machine.missing_packages(tests):
		machine.install_packages(packages, say)
	machine.check_node()
	obtain_framework()
	make_environment()
	install_node_modules()


def obtain_framework() -> None:
	if not obtain.installed():
		machine.check_disk(ROOT)
		with step("Obtaining the framework"):
			obtain.obtain()


def make_environment() -> None:
	"""Create env/ with the locked packages and both apps; renews it when the lock changed."""
	if STAMP.is_file() and STAMP.read_text() == environment_digest():
		return
	machine.check_disk(ROOT, 1500)
	if not PYTHON.exists():
		run([sys.executable, "-m", "venv", str(ENV)], "The Python environment could not be made")
	pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
	if os.environ.get("LSM_WHEELS"):
		pip += ["--no-index", "--find-links", os.environ["LSM_WHEELS"]]
	with step("Installing Python packages (a minute or two)"):
		run([*pip, "--require-hashes", "-r", str(LOCK)], "Python packages could not be installed")
	with step("Installing the apps"):
		apps = [flag for app in installed_apps() for flag in ("-e", str(ROOT / "apps" / app))]
		run([*pip, "--no-deps", "--no-build-isolation", *apps], "The apps could not be installed")
	STAMP.write_text(environment_digest())


def installed_apps() -> list[str]:
	return (ROOT / "sites" / "apps.txt").read_text().split()


def install_node_modules() -> None:
	lock = NODE / "package-lock.json"
	stamp = NODE / "node_modules" / ".lsm-stamp"
	if stamp.is_file() and stamp.read_text() == digest(lock):
		return
	with step("Installing JavaScript packages"):
		command = [machine.find("npm") or "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
		run(command, "JavaScript packages could not be installed", cwd=NODE)
	stamp.write_text(digest(lock))


def build_assets(bench: Bench) -> None:
	if (bench.sites / "assets").is_symlink():
		bench = get_bench("dev")
	command = [machine.find("node") or "node", str(NODE / "assets" / "build.mjs"), "--bench", str(bench.root)]
	with step("Building the pages' scripts and styles (skips what is unchanged)"):
		run(command, "Scripts and styles could not be built")


def run(command: list[str], trouble: str, cwd: Path | None = None) -> None:
	"""Run a command quietly; raise SetupError with its last words when it fails."""
	done = subprocess.run(command, cwd=cwd or ROOT, capture_output=True, text=True)
	if done.returncode:
		said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-8:]
		hint = ""
		if any(
			word in " ".join(said)
			for word in ("Temporary failure", "NewConnectionError", "ENOTFOUND", "EAI_AGAIN", "from versions: none")
		):
			hint = " Is there a network connection to the package registries?"
		if shutil.disk_usage(ROOT).free < 50 * 2**20:
			hint = " The disk is full."
		raise SetupError(f"{trouble}.{hint}\n" + "\n".join(f"    {line}" for line in said))
