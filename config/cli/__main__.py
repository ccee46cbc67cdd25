"""The commands of `./lsm`."""

from __future__ import annotations

import argparse
import os
import sys

from config.cli import setup
from config.cli.say import say
from config.framework.obtain import ObtainError
from config.services.bench import ROOT, Busy, get_bench
from config.services.machine import MachineError

# These need no framework; the others run on the Python of env/.
COMMANDS = {
	"start": "run LSM CRM here; Ctrl-C ends it (--detach, --empty, --port N)",
	"stop": "end what `start --detach` started",
	"status": "each process with its state, port and log (--json)",
	"logs": "show the processes' logs as they grow (logs [NAME])",
	"test": "run the tests on a site of their own (test [--framework] [pytest's arguments])",
	"check": "ruff, types, prettier and eslint",
	"doctor": "say what is missing or wrong and the command that mends it",
	"reset": "delete the site and make it anew (--yes, --empty)",
	"clear-sample": "remove the sample data and nothing else",
	"backup": "write an encrypted backup",
	"restore": "put a backup back",
	"console": "a Python console on the site",
	"bench": "run a command of the framework on the site (bench migrate, bench --help)",
	"audit": "the safety checks with their figures",
	"export-app": "write the app as a repository of its own (export-app DIR)",
	"lock": "resolve the Python packages anew into config/requirements.lock",
	"run": "become one process of the Procfile",
}


def overview() -> str:
	rows = "\n".join(f"  {name:<13} {text}" for name, text in COMMANDS.items())
	return f"LSM CRM\n\nUsage: ./lsm COMMAND\n\n{rows}\n"


def main(arguments: list[str]) -> int:
	if not arguments or arguments[0] in ("help", "-h", "--help"):
		print(overview())
		return 0
	name, rest = arguments[0], arguments[1:]
	if name not in COMMANDS:
		print(f"There is no command “{name}”.\n\n{overview()}", file=sys.stderr)
		return 2
	if name in ("start", "test", "reset", "audit", "lock", "check", "restore") and not in_environment():
		prepare(name, rest)
	if not in_environment():
		if not setup.PYTHON.exists():
			raise MachineError("LSM CRM is not set up here yet. Type: ./lsm start")
		os.environ["LSM_IN_ENV"] = "1"
		os.execv(setup.PYTHON, [str(setup.PYTHON), "-m", "config.cli", *arguments])
	return dispatch(name, rest)


def in_environment() -> bool:
	return os.environ.get("LSM_IN_ENV") == "1" and sys.prefix == str(setup.ENV)


def prepare(name: str, rest: list[str]) -> None:
	parser = argparse.ArgumentParser(add_help=False)
	parser.add_argument("--port", type=int)
	parser.add_argument("--framework", action="store_true")
	known, _ = parser.parse_known_args(rest)
	# The framework's own tests lay out their bench by themselves.
	bench_name = {"test": "dev" if known.framework else "test", "audit": "test"}.get(name, "dev")
	if name in ("lock", "check"):
		setup.prepare_tools()
		return
	setup.prepare(get_bench(bench_name, known.port), tests=name in ("test", "audit"))


def dispatch(name: str, rest: list[str]) -> int:
	from config.cli import care, develop, lifecycle

	homes = (lifecycle, develop, care)
	function = next(getattr(home, name.replace("-", "_")) for home in homes if hasattr(home, name.replace("-", "_")))
	return function(rest) or 0


if __name__ == "__main__":
	os.chdir(ROOT)
	try:
		sys.exit(main(sys.argv[1:]))
	except (Busy, MachineError, ObtainError, setup.SetupError) as error:
		sys.exit(f"\n{error}")
	except OSError as error:
		if error.errno == 28:
			sys.exit("\nThe disk is full. Free some room and type the same command again; it goes on where it stopped.")
		raise
	except KeyboardInterrupt:
		say("\nStopped. Type the same command again; it goes on where it stopped.")
		sys.exit(130)
