"""`bench lsm-build-translations`: the framework's .csv files from the .po files in locale/."""

import click

from lsm_crm.services.translations import build


@click.command("lsm-build-translations")
def build_translations() -> None:
	"""Write translations/<language>.csv from locale/<language>.po."""
	for language, count in build().items():
		click.echo(f"{language}: {count}")
