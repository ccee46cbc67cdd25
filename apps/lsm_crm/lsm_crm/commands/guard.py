"""`bench lsm-guard-list`: who may call what, and what is in no list."""

import sys
from pathlib import Path

import click
import frappe


@click.command("lsm-guard-list")
@click.option("--unsorted", "only_unsorted", is_flag=True, help="Only functions in no list; fails when there is one")
@click.argument("word", required=False, default="")
def guard_list(only_unsorted: bool, word: str) -> None:
	"""Print every callable function with the groups that may call it; WORD narrows the list."""
	from lsm_crm.guard import lists, sources

	listed = lists.all_names()
	packages = [Path(frappe.__file__).parent, Path(__file__).resolve().parents[1]]
	missing = sources.unsorted(packages, set(listed))
	if not only_unsorted:
		for name, groups in sorted(listed.items()):
			if word in name:
				click.echo(f"{name}: {', '.join(sorted(groups))}")
	for name in missing:
		click.echo(f"in no list: {name}", err=True)
	if only_unsorted and missing:
		sys.exit(1)
