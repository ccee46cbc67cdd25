"""One way to tell the person at the terminal what is going on."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager

STARTED = time.monotonic()


def say(text: str) -> None:
	print(text, flush=True)


@contextmanager
def step(text: str):
	"""Print `text` before and the seconds it took after a piece of work."""
	began = time.monotonic()
	end = "" if sys.stdout.isatty() else "\n"
	print(f"  {text} …", end=end, flush=True)
	yield
	took = time.monotonic() - began
	print(f" {took:.0f} s" if sys.stdout.isatty() else f"  {text}: done in {took:.0f} s", flush=True)
