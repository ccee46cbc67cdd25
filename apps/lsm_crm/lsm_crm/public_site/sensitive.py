"""Which public texts are about consent, privacy or safety, where a wrong translation may do harm."""

import re

WORDS = re.compile(
	r"\b(consent|agree|safe|privacy|delete|secret|encrypted|112|danger|passport|BSN|government|guardian|police|judge|complain)",
	re.IGNORECASE,
)


def is_sensitive(message: str) -> bool:
	return bool(WORDS.search(message))
