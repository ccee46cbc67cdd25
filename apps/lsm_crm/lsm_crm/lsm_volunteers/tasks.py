"""What the scheduler runs for volunteers; each part may run again without harm."""

from lsm_crm.services import shift_maker, volunteer_reminders


def hourly() -> None:
	"""Reminders of shifts that begin soon."""
	volunteer_reminders.remind_of_shifts()


def daily() -> None:
	"""Shifts from rules, what expires, what expired, and thanks."""
	shift_maker.make_all()
	volunteer_reminders.remind_of_screening()
	volunteer_reminders.tell_of_expiry()
	volunteer_reminders.thank_at_anniversaries()
