"""`bench lsm-write-docs`: pages of the data model and of the roles."""

import sys

import click

from lsm_crm.services.written_docs import docs_folder, write


@click.command("lsm-write-docs")
@click.option("--check", is_flag=True, help="Change nothing; fail when a page is not current")
def write_docs(check: bool) -> None:
	"""Write docs/data-model.md and docs/roles.md from the DocTypes and the role table."""
	changed = write(docs_folder(), dry_run=check)
	for name in changed:
		click.echo(f"{'not current' if check else 'written'}: {name}")
	if check and changed:
		sys.exit(1)
