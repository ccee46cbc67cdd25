"""About where an address lies, from its postcode alone: no address leaves the house to a map service."""

from functools import cache

from lsm_crm.setup.data import read


def of_postcode(postcode: str | None) -> tuple[float, float] | None:
	"""(latitude, longitude) of the middle of a four-digit postcode in and around Leiden; None for any other."""
	digits = (postcode or "").strip()[:4]
	return _middles().get(digits)


@cache
def _middles() -> dict[str, tuple[float, float]]:
	return {str(code): (place[0], place[1]) for code, place in read("postcodes")["middles"].items()}
