"""Who read whose data, through every door. (Being built: see the chain below.)"""


def record_file(doc) -> None:
	"""Log that a private file was given out."""


def record(door: str, doctype: str, names: list[str]) -> None:
	"""Log that these records were read through this door."""
