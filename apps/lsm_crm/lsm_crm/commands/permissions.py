"""`bench lsm-write-permissions`: permission rows of the DocTypes' JSON from the role table."""

import sys

import click

from lsm_crm.services.permission_rows import write_all


@click.command("lsm-write-permissions")
@click.option("--check", is_flag=True, help="Change nothing; fail when a file differs from the role table")
def write_permissions(check: bool) -> None:
	"""Write the permission rows of every DocType of the app from the role table."""
	changed = write_all(dry_run=check)
	for name in changed:
		click.echo(f"{'differs' if check else 'written'}: {name}")
	if check and changed:
		sys.exit(1)
