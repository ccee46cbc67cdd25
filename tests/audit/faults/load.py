"""People at work while something breaks: they take down help requests, and jobs are promised to them. What was acknowledged is noted."""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from collections import Counter

import frappe
import requests

from config.services import supervise
from lsm_crm.services import outbox
from tests.support import BENCH, Session

PEOPLE = 6
REGISTER = "/api/method/lsm_crm.api.walk_in.register"
VALUES = {
	"topics": ["Debt help", "Social"],
	"language": "ar",
	"services": ["Advice"],
	"mode": "Short or one-time",
	"minutes": 5,
}
BACK_WITHIN = 30
SWEEP_EVERY = 20  # the scheduler does so every few minutes


def copy_of(session: Session) -> Session:
	"""The same login in a session of its own: one may not be used by two threads."""
	other = Session()
	other.cookies.update(session.cookies)
	other.csrf_token = session.csrf_token
	return other


class Load:
	"""`with Load(session) as load:` people register requests all the time; `load.acknowledged` is {token: name of the request}."""

	def __init__(self, session: Session, people: int = PEOPLE):
		self.session, self.people = session, people
		self.mark = secrets.token_hex(5)
		self.acknowledged: dict[str, str] = {}
		self.unanswered: list[str] = []
		self.answers: Counter = Counter()
		self._end = threading.Event()
		self._threads: list[threading.Thread] = []

	def __enter__(self) -> Load:
		self._end.clear()
		self._threads = [threading.Thread(target=self._work) for _number in range(self.people)]
		for thread in self._threads:
			thread.start()
		return self

	def __exit__(self, *_exception) -> None:
		self._end.set()
		for thread in self._threads:
			thread.join()

	def _work(self) -> None:
		session = copy_of(self.session)
		while not self._end.is_set():
			if not self.register(session, f"{self.mark}-{secrets.token_hex(6)}"):
				time.sleep(0.1)

	def register(self, session: Session, token: str) -> bool:
		try:
			answer = session.post(REGISTER, json={"values": VALUES, "token": token}, timeout=40)
		except requests.RequestException as error:
			self.answers[type(error).__name__] += 1
			self.unanswered.append(token)
			return False
		self.answers[answer.status_code] += 1
		if answer.status_code != 200:
			self.unanswered.append(token)
			return False
		self.acknowledged[token] = answer.json()["message"]["name"]
		return True

	def send_again(self) -> int:
		"""What was not acknowledged is sent once more with its token, as the page does. Gives how many still fail."""
		again, self.unanswered = self.unanswered, []
		session = copy_of(self.session)
		return sum(not self.register(session, token) for token in again)

	def wrong(self) -> dict[str, list]:
		"""What must be empty: acknowledged and not there, twice there, or half there."""
		frappe.db.rollback()
		rows = frappe.get_all(
			"Help Request", filters={"source_key": ("like", f"%{self.mark}-%")}, fields=["name", "source_key"]
		)
		of_token: dict[str, list[str]] = {}
		for row in rows:
			of_token.setdefault(row.source_key.rsplit(":", 1)[-1], []).append(row.name)
		children = {
			table: Counter(
				frappe.get_all(table, filters={"parent": ("in", [row.name for row in rows] or [""])}, pluck="parent")
			)
			for table in ("Help Topic Row", "Service Type Row")
		}
		return {
			"lost": [token for token, name in self.acknowledged.items() if of_token.get(token) != [name]],
			"double": [token for token, names in of_token.items() if len(names) > 1],
			"half": [
				row.name
				for row in rows
				if (children["Help Topic Row"][row.name], children["Service Type Row"][row.name]) != (2, 1)
			],
		}


class Jobs:
	"""Background work that leaves one row each; `promised` are those whose promise was committed."""

	def __init__(self):
		self.mark = f"belofte-{secrets.token_hex(5)}"
		self.promised: list[str] = []

	def promise(self, number: int = 1) -> None:
		for _each in range(number):
			text = f"{self.mark}-{len(self.promised)}-{secrets.token_hex(3)}"
			try:
				outbox.enqueue("frappe.client.insert", doc={"doctype": "ToDo", "description": text})
				frappe.db.commit()
			except Exception:
				connect_again()
				continue
			self.promised.append(text)

	def done(self) -> Counter:
		frappe.db.rollback()
		return Counter(frappe.get_all("ToDo", filters={"description": ("like", f"{self.mark}%")}, pluck="description"))

	def wait(self, seconds: int = BACK_WITHIN) -> float:
		"""Hand over what nobody took, and wait until all is done or given up. Gives the seconds it took."""
		begun = swept = time.monotonic()
		outbox.sweep(older_than=0)
		while len(self.done()) < len(self.promised) and time.monotonic() < begun + seconds:
			time.sleep(0.5)
			if time.monotonic() > swept + SWEEP_EVERY:
				swept = time.monotonic()
				outbox.sweep(older_than=0)
		return time.monotonic() - begun

	def wrong(self) -> dict[str, list]:
		done, failed = self.done(), frappe.db.count(outbox.DOCTYPE, {"state": "Failed"})
		missing = [text for text in self.promised if not done[text]]
		return {
			"jobs lost": missing if len(missing) > failed else [],
			"jobs twice": [text for text, n in done.items() if n > 1],
		}

	def clear(self) -> None:
		frappe.db.delete("ToDo", {"description": ("like", f"{self.mark}%")})
		frappe.db.commit()


def connect_again(seconds: int = 60) -> None:
	"""The test's own connection, after the database was gone."""
	end = time.monotonic() + seconds
	while True:
		with contextlib.suppress(Exception):
			frappe.db.close()
		try:
			frappe.connect()
			frappe.db.sql("SELECT 1")
			return
		except Exception:
			if time.monotonic() > end:
				raise
			time.sleep(0.3)


def pid_of(name: str) -> int:
	return next(row["pid"] for row in supervise.processes(BENCH) if row["name"] == name)


def wait_until_back(load: Load, seconds: int = 60) -> float:
	"""Seconds until a request is stored again."""
	begun, session = time.monotonic(), copy_of(load.session)
	while not load.register(session, f"{load.mark}-{secrets.token_hex(6)}"):
		assert time.monotonic() < begun + seconds, f"not back within {seconds} s: {load.answers}"
		time.sleep(0.2)
	return time.monotonic() - begun
