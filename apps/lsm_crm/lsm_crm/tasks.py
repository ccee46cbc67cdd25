"""What the scheduler starts. Each function only says what is to be done; how is in services."""

from lsm_crm.services import deadline_reminders, follow_ups, read_log_check, retention
from lsm_crm.services.figures import roll_up, signals


def count_figures() -> None:
	"""At night: figures of this year and the last, and trends in them."""
	roll_up.update()
	signals.notice()


def nightly_retention() -> None:
	"""At night: records whose term is over."""
	retention.run()


def nightly_log_check() -> None:
	"""At night: whether the access log is whole."""
	read_log_check.check()


def remind() -> None:
	"""In the morning: deadlines, follow-ups, papers that run out, consents, silent partners."""
	deadline_reminders.run()
	follow_ups.run()
