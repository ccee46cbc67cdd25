"""What the scheduler starts. Each function only says what is to be done; how is in services."""

from lsm_crm.services.figures import roll_up, signals


def count_figures() -> None:
	"""At night: figures of this year and the last, and trends in them."""
	roll_up.update()
	signals.notice()
