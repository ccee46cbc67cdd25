"""Run the framework's own tests inside the framework: `python own_tests_runner.py SITE RESULTS [options]`.

Runs in the bench's sites folder. Each test's outcome is appended to RESULTS as a line of JSON as soon as it is
known, so that a run that is killed still tells how far it came. `--module` picks modules, `--without` leaves
some out.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import sys
import time
import traceback
import unittest
from pathlib import Path

HANGS_AFTER = 900


def read_arguments() -> argparse.Namespace:
	parser = argparse.ArgumentParser()
	parser.add_argument("site")
	parser.add_argument("results", type=Path)
	parser.add_argument("--module", action="append", default=[])
	parser.add_argument("--without", action="append", default=[])
	return parser.parse_args()


class Outcomes:
	"""Appends outcomes to a file."""

	def __init__(self, file: Path):
		self.file = file.open("a")

	def write(self, test: str, outcome: str, seconds: float = 0, text: str = "") -> None:
		row = {"test": test, "outcome": outcome, "seconds": round(seconds, 2), "text": text}
		self.file.write(json.dumps(row) + "\n")
		self.file.flush()


def make_result_class(outcomes: Outcomes):
	class Result(unittest.TextTestResult):
		"""Also tells `outcomes`. A failing part of a test (subTest) is a failure of that test."""

		started = 0.0

		def startTest(self, test):
			super().startTest(test)
			self.started = time.monotonic()
			self.parts: list[str] = []
			faulthandler.dump_traceback_later(HANGS_AFTER, file=sys.__stderr__)

		def stopTest(self, test):
			faulthandler.cancel_dump_traceback_later()
			super().stopTest(test)

		def tell(self, test, outcome, text=""):
			outcomes.write(test.id(), outcome, time.monotonic() - self.started, text)

		def addSuccess(self, test):
			super().addSuccess(test)
			self.tell(test, "passed")

		def addFailure(self, test, err):
			super().addFailure(test, err)
			self.tell(test, "failed", self.failures[-1][1])

		def addError(self, test, err):
			super().addError(test, err)
			self.tell(test, "error", self.errors[-1][1])

		def addSkip(self, test, reason):
			super().addSkip(test, reason)
			self.tell(test, "skipped", reason)

		def addExpectedFailure(self, test, err):
			super().addExpectedFailure(test, err)
			self.tell(test, "passed")

		def addUnexpectedSuccess(self, test):
			super().addUnexpectedSuccess(test)
			self.tell(test, "failed", "passed, though the framework expects it to fail")

		def addSubTest(self, test, subtest, err):
			super().addSubTest(test, subtest, err)
			if err:
				text = "".join(traceback.format_exception(*err))
				self.tell(test, "failed", f"{subtest}\n{text}")

	return Result


def choose_modules(runner, options: argparse.Namespace, outcomes: Outcomes) -> None:
	"""Let the framework collect only the modules asked for; one that cannot be imported is an error, not the end."""
	collect = runner._add_test

	def add_test(app, path, filename, verbose, suite=None):
		package = Path(path).relative_to(Path(runner.frappe.get_pymodule_path(app)).parent)
		module = ".".join([*package.parts, filename[:-3]])
		if module in options.without or (options.module and module not in options.module):
			return
		try:
			collect(app, path, filename, verbose, suite)
		except Exception:
			outcomes.write(module, "error", text=traceback.format_exc())

	runner._add_test = add_test


def allow_slow_machine() -> None:
	"""Tests of properties judge the program and not how busy the machine is."""
	from hypothesis import HealthCheck, settings

	settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
	settings.load_profile("any-machine")


def main() -> None:
	options = read_arguments()
	allow_slow_machine()
	import frappe
	import frappe.test_runner as runner

	outcomes = Outcomes(options.results)
	runner.TimeLoggingTestResult = make_result_class(outcomes)
	choose_modules(runner, options, outcomes)
	frappe.init(site=options.site)
	runner.main(app="frappe")
	# The last line: without it the run did not come to its end.
	outcomes.write("", "ended")


if __name__ == "__main__":
	main()
