"""What the audit has reached: each part leaves a line, and the run ends with the table."""

from __future__ import annotations

import os

# with which what is made up in a run is made up; another by `LSM_SEED=…`
SEED = int(os.environ.get("LSM_SEED") or 20261122)
LINES: list[tuple[str, str, str, str]] = []


def figure(part: str, reached: str, must: str, seed: int | str = "") -> None:
	"""Leave a line for the table: what was measured, what must be, and the seed with which it is repeated."""
	LINES.append((part, reached, must, str(seed)))


def write(reporter) -> None:
	"""Print the table at the end of a run."""
	if not LINES:
		return
	reporter.section("audit")
	for part, reached, must, seed in LINES:
		reporter.write_line(f"{part:<14} {reached}  (must: {must}{', seed ' + seed if seed else ''})")
