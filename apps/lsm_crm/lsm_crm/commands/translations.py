"""`bench lsm-build-translations`: the framework's .csv files from the .po files in locale/."""

import click

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
