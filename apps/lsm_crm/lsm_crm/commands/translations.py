"""`bench lsm-build-translations`: the framework's .csv files from the .po files in locale/."""

from pathlib import Path

import click
import frappe
from frappe.commands import get_site, pass_context

from lsm_crm.services import catalogs, messages
from lsm_crm.services.translations import build


@click.command("lsm-build-translations")
def build_translations() -> None:
	"""Write translations/<language>.csv from locale/<language>.po."""
	for language, count in build().items():
		click.echo(f"{language}: {count}")


@click.command("lsm-update-translations")
def update_translations() -> None:
	"""Bring locale/*.po up to date with the texts of the app; what is new stays empty."""
	found = messages.collect()
	for language in catalogs.LANGUAGES:
		click.echo(f"{language}: {catalogs.update(language, found)} missing")


@click.command("lsm-write-corrections")
@click.option(
	"--into", type=click.Path(exists=True, path_type=Path), default=messages.APP, help="Folder with `locale/`"
)
@pass_context
def write_corrections(context, into: Path) -> None:
	"""Write the approved corrections of proofreaders into locale/*.po and mark them as written."""
	frappe.init(site=get_site(context))
	frappe.connect()
	rows = frappe.get_all("Text Correction", {"status": "Approved"}, ["name", "language", "original", "proposal"])
	for language in sorted({row.language for row in rows}):
		texts = {row.original: row.proposal for row in rows if row.language == language}
		click.echo(f"{language}: {catalogs.write_reviewed(language, texts, into)}")
	for row in rows:
		frappe.db.set_value("Text Correction", row.name, "status", "Written")
	frappe.db.commit()
