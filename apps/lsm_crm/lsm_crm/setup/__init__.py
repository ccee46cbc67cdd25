"""What a new site starts with. One file per subject; each `seed()` inserts only what is missing.

A colleague's seed is added to SEEDS in the order in which one needs another.
"""

from importlib import import_module

SEEDS = (
	"languages",
	"system_settings",
	"staff_names",
	"brand",
	"vocabulary",
	"organisation",
	"partners",
	"case_types",
	"client_papers",
	"web_forms",
	"volunteers",
	"kanban",
	"annual_report_2021",
	"workspaces",
	"venues",
	"activity_words",
	"kitchen",
	"privacy",
)


def seed_all() -> None:
	"""Run every seed; safe to run again."""
	for name in SEEDS:
		import_module(f"{__name__}.{name}").seed()
