"""Live updates through the front process: who may connect, and who hears of which list."""

from __future__ import annotations

import json
import time

import pytest
import redis

from tests.support import BENCH

POLLING = "/socket.io/?EIO=4&transport=polling"


class Listener:
	"""A socket.io client over polling, spoken by hand: packets 40 join a namespace, 42 are events."""

	def __init__(self, session, namespace: str = BENCH.site):
		self.session = session
		self.namespace = namespace
		opened = session.get(POLLING)
		assert opened.status_code == 200, opened.text
		self.address = f"{POLLING}&sid={json.loads(opened.text[1:])['sid']}"
		self.send("40")
		self.joined = self.session.get(self.address).text

	def send(self, packet: str) -> None:
		assert self.session.post(self.address, data=f"{packet[:2]}/{self.namespace},{packet[2:]}").text == "ok"

	def emit(self, *event) -> None:
		self.send("42" + json.dumps(event))

	def hear(self, wanted: str) -> list:
		"""Events up to the one named `wanted`."""
		heard = []
		end = time.monotonic() + 10
		while not any(event[0] == wanted for event in heard):
			assert time.monotonic() < end, f"{wanted} was not heard, only {heard}"
			for packet in self.session.get(self.address).text.split("\x1e"):
				if packet.startswith("42"):
					heard.append(json.loads(packet.split(",", 1)[1]))
		return heard


def publish(room: str, event: str, message: dict) -> None:
	"""As the framework publishes it."""
	text = json.dumps({"event": event, "message": message, "room": room, "namespace": BENCH.site})
	redis.Redis(host="127.0.0.1", port=BENCH.port("queue")).publish("events", text)


def test_a_guest_is_refused(guest):
	assert guest.get(POLLING).status_code == 403
	assert guest.get(POLLING, headers={"Cookie": "sid=Guest"}).status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.test", "http://127.0.0.1:1", "null"])
def test_a_page_of_another_site_is_refused(as_role, origin):
	assert as_role("LSM Coordinator").get(POLLING, headers={"Origin": origin}).status_code == 403


def test_another_site_is_refused(as_role):
	assert Listener(as_role("LSM Coordinator"), "other.localhost").joined.startswith("44")


@pytest.mark.parametrize(
	("role", "hears"), [("LSM Coordinator", True), ("LSM Kitchen", False), ("LSM Volunteer", False)]
)
def test_who_hears_that_a_case_changed(as_role, account_of, role, hears):
	listener = Listener(as_role(role))
	listener.emit("doctype_subscribe", "Case")
	time.sleep(1)
	publish("doctype:Case", "list_update", {"doctype": "Case", "name": "CASE-X", "user": "x"})
	publish(f"user:{account_of(role)['user']}", "last", {})
	heard = listener.hear("last")
	expected = [["list_update", {"doctype": "Case", "name": "CASE-X"}]] if hears else []
	assert [event for event in heard if event[0] == "list_update"] == expected
