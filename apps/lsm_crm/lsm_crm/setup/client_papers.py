"""Consent texts and letters in the eleven languages."""

from lsm_crm.services.consents import PARTNER_PURPOSE
from lsm_crm.setup.data import read
from lsm_crm.setup.masters import insert_missing


def seed() -> None:
	"""Insert the texts that are missing; what staff changed stays."""
	papers = read("client_papers")
	for language, texts in papers["languages"].items():
		_consent_text(PARTNER_PURPOSE, papers["version"], language, texts["consent"])
		for name, letter in texts["letters"].items():
			insert_missing(
				"Letter Template",
				f"{name}-{language}",
				letter_name=name,
				language=language,
				subject=letter["subject"],
				body=letter["body"],
			)
	seed_other_purposes()


def seed_other_purposes() -> None:
	"""What clients agree to besides sharing with a partner; each text ends with what holds for every consent."""
	papers = read("consent_texts")
	for language, texts in papers["languages"].items():
		for purpose, text in texts.items():
			if purpose != "always":
				_consent_text(purpose, papers["version"], language, f"{text} {texts['always']}")


def _consent_text(purpose: str, version: str, language: str, text: str) -> None:
	insert_missing(
		"Consent Text",
		f"{purpose} {version} {language}",
		purpose=purpose,
		version=version,
		language=language,
		text=text,
	)
