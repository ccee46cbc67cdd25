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
			faulthandler.dump_traceback_later(HANGS_AFTER, file=sys.__stderr__ or sys.stderr)

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


def make_runner_class(options: argparse.Namespace, outcomes: Outcomes):
	"""The framework's own runner for its continuous integration: each file begins as Administrator."""
	from frappe.parallel_test_runner import ParallelTestRunner

	result_class = make_result_class(outcomes)

	class Runner(ParallelTestRunner):
		def run_tests(self):
			stream = unittest.runner._WritelnDecorator(sys.stderr)
			self.test_result = result_class(stream, descriptions=True, verbosity=2)
			for path, filename in self.get_test_file_list():
				module = self.module_name(path, filename)
				if module not in options.without and (not options.module or module in options.module):
					self.run_file(module, path, filename)

		def module_name(self, path: str, filename: str) -> str:
			package = Path(path).relative_to(Path(str(sys.modules[self.app].__file__)).parent.parent)
			return ".".join([*package.parts, filename[:-3]])

		def run_file(self, module: str, path: str, filename: str) -> None:
			"""A file that cannot be imported is an error and not the end."""
			try:
				self.run_tests_for_file((path, filename))
			except Exception:
				outcomes.write(module, "error", text=traceback.format_exc())

	return Runner


def allow_slow_machine() -> None:
	"""Tests of properties judge the program and not how busy the machine is."""
	from hypothesis import HealthCheck, settings

	settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
	settings.load_profile("any-machine")


def main() -> None:
	options = read_arguments()
	allow_slow_machine()
	outcomes = Outcomes(options.results)
	make_runner_class(options, outcomes)("frappe", options.site)
	# The last line: without it the run did not come to its end.
	outcomes.write("", "ended")


if __name__ == "__main__":
	main()
