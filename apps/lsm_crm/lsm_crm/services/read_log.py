"""Who read whose data, through every door. (Being built: see the chain below.)"""


def record_file(doc) -> None:
	"""Log that a private file was given out."""
