"""The public forms of this area; staff edit them in the desk afterwards."""


def seed() -> None:
	"""Insert the forms that are missing."""
