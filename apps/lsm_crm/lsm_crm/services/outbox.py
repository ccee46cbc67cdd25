"""Background work that is not lost with the queue: written down in the same transaction as what it belongs to, then handed to Redis.

A worker takes the row, does the work and removes the row with the work's own commit. Every few minutes `sweep` hands over again
what nobody took: because the queue was emptied or unreachable, or because a worker was killed. Work that must not be begun twice
(an SMS) is marked before it begins; when it was interrupted it is shown as failed and is not repeated. The framework keeps mails
in the same way, in its Email Queue.
"""

import json
from contextlib import contextmanager

import frappe
from frappe.utils import add_to_date, now_datetime

DOCTYPE = "Outbox Job"
WORK = "lsm_crm.services.outbox.work"
AGAIN_AFTER = 300  # seconds after which a row that nobody took is handed over again
MOST_ATTEMPTS = 3
MOST_AT_ONCE = 500


def enqueue(
	method: str, *, queue: str = "default", timeout: int = 300, repeatable: bool = True, once: bool = False, **arguments
) -> str:
	"""Have `method` called in the background with these arguments (plain values) as the caller's user, once this
	transaction is committed. With `once`, not when the same work waits already. Gives the row's name."""
	if once and (waiting := frappe.db.get_value(DOCTYPE, {"method": method, "state": "Waiting"})):
		return waiting
	job = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"method": method,
			"arguments": json.dumps(arguments),
			"queue": queue,
			"timeout": timeout,
			"repeatable": int(repeatable),
			"handed_at": now_datetime(),
		}
	).insert(ignore_permissions=True)
	frappe.db.after_commit.add(lambda: _hand_over(job.name, queue, timeout))
	return job.name


def _hand_over(name: str, queue: str, timeout: int) -> None:
	"""Tell a worker. When the queue cannot be reached the row waits for the next sweep."""
	try:
		frappe.enqueue(WORK, queue=queue, timeout=timeout, name=name)
	except Exception as error:  # the work is written down, and what it belongs to is stored: that must be answered
		frappe.logger("lsm.outbox").warning("%s waits for the next sweep: %s", name, type(error).__name__)


def work(name: str) -> None:
	"""In a worker: do one row's work, unless another does it now or has done it."""
	with _taken(name) as mine:
		if not mine or not (job := _waiting(name)):
			return
		if not job.repeatable:
			job.db_set({"state": "Begun", "attempts": 1})
			frappe.db.commit()
		user = frappe.session.user
		try:
			frappe.set_user(job.owner)
			frappe.get_attr(job.method)(**json.loads(job.arguments))
			frappe.set_user(user)
			frappe.db.delete(DOCTYPE, {"name": name})
			frappe.db.commit()
		except Exception as error:
			frappe.db.rollback()
			frappe.set_user(user)
			_failed(job, type(error).__name__)
			raise


def _waiting(name: str):
	"""The row, when its work is still to be done. One that was begun and not finished is noted as interrupted."""
	frappe.db.rollback()  # see what others committed
	if not frappe.db.exists(DOCTYPE, name):
		return None
	job = frappe.get_doc(DOCTYPE, name)
	if job.state == "Begun":
		_failed(job, "interrupted")
	return job if job.state == "Waiting" else None


def _failed(job, why: str) -> None:
	attempts = (job.attempts or 0) + (job.state == "Waiting")
	last = attempts >= MOST_ATTEMPTS or not job.repeatable
	job.db_set({"state": "Failed" if last else "Waiting", "attempts": attempts, "failure": why})
	frappe.db.commit()


@contextmanager
def _taken(name: str):
	"""Whether this connection alone has the row. The lock goes with the connection, however its process ends."""
	lock = f"lsm_outbox_{name}"
	got = frappe.db.sql("SELECT GET_LOCK(%s, 0)", (lock,))[0][0]
	try:
		yield bool(got)
	finally:
		if got:
			frappe.db.sql("DO RELEASE_LOCK(%s)", (lock,))


def sweep(older_than: int = AGAIN_AFTER) -> int:
	"""Hand over again what waits for longer than so many seconds, and note what was interrupted. Gives how many."""
	before = add_to_date(now_datetime(), seconds=-older_than, as_datetime=True)
	rows = frappe.get_all(
		DOCTYPE,
		filters={"state": ("in", ("Waiting", "Begun")), "handed_at": ("<=", before)},
		fields=["name", "queue", "timeout", "state"],
		order_by="handed_at",
		limit=MOST_AT_ONCE,
	)
	for row in rows:
		if row.state == "Begun":
			with _taken(row.name) as mine:
				if mine:
					_waiting(row.name)
			continue
		frappe.db.set_value(DOCTYPE, row.name, "handed_at", now_datetime(), update_modified=False)
		frappe.db.commit()
		_hand_over(row.name, row.queue, row.timeout)
	return len(rows)


def failures() -> list[str]:
	"""What was given up, for whoever keeps the site running: function, why, when; nothing of what it was about."""
	rows = frappe.get_all(DOCTYPE, filters={"state": "Failed"}, fields=["name", "method", "failure", "modified"])
	return [f"{row.name} {row.method}: {row.failure}, {row.modified:%Y-%m-%d %H:%M}" for row in rows]


def try_again() -> int:
	"""Give everything that was given up another chance. Gives how many."""
	names = frappe.get_all(DOCTYPE, filters={"state": "Failed"}, pluck="name")
	for name in names:
		frappe.db.set_value(DOCTYPE, name, {"state": "Waiting", "attempts": 0, "handed_at": "2000-01-01"})
	frappe.db.commit()
	return len(names)
