"""Consent texts and letters in the eleven languages."""

from lsm_crm.setup.data import read
from lsm_crm.setup.masters import insert_missing

PURPOSE = "Share with a partner"


def seed() -> None:
	"""Insert the texts that are missing; what staff changed stays."""
	papers = read("client_papers")
	version = papers["version"]
	for language, texts in papers["languages"].items():
		insert_missing(
			"Consent Text",
			f"{PURPOSE} {version} {language}",
			purpose=PURPOSE,
			version=version,
			language=language,
			text=texts["consent"],
		)
		for name, letter in texts["letters"].items():
			insert_missing(
				"Letter Template",
				f"{name}-{language}",
				letter_name=name,
				language=language,
				subject=letter["subject"],
				body=letter["body"],
			)
