"""What the scheduler starts. Each function only says what is to be done; how is in services."""

from lsm_crm.services import (
	activity_series,
	deadline_reminders,
	follow_ups,
	number_series,
	outbox,
	read_log_check,
	registrations,
	retention,
)
from lsm_crm.services.figures import annual, roll_up, signals


def count_figures() -> None:
	"""At night: figures of this year and the last, trends in them, and the reports of open years."""
	roll_up.update()
	signals.notice()
	annual.recount_open()


def ready_numbers() -> None:
	"""At night: the counters of record numbers of the next year."""
	number_series.make_ready()


def nightly_retention() -> None:
	"""At night: records whose term is over."""
	retention.run()


def nightly_log_check() -> None:
	"""At night: whether the access log is whole."""
	read_log_check.check()


def hand_over() -> None:
	"""Every few minutes: background work that nobody took is handed over again."""
	outbox.sweep()


def remind() -> None:
	"""In the morning: deadlines, follow-ups, papers that run out, consents, silent partners."""
	deadline_reminders.run()
	follow_ups.run()


def offer_places() -> None:
	"""Every hour: places that were offered and not taken go to the next; reminders for tomorrow's events."""
	registrations.end_old_offers()
	registrations.remind()


def fill_activities() -> None:
	"""At night: dates of series for the weeks ahead; what guests must not eat is erased a month after."""
	activity_series.make_all()
	registrations.forget_allergies()
