"""The test site as a visitor meets it: its address, its accounts, a session."""

from __future__ import annotations

import functools
import json
import os

import requests

from config.services.bench import get_bench

BENCH = get_bench("test", int(os.environ["LSM_PORT"]) if os.environ.get("LSM_PORT") else None)


# What each role sees first.
WORKSPACES = {
	"LSM Coordinator": "Coordination",
	"LSM Front Office": "Front Office",
	"LSM Case Worker": "My Cases",
	"LSM Volunteer Coordinator": "Volunteer Desk",
	"LSM Kitchen": "Kitchen",
	"LSM Deliverer": "Deliveries",
	"LSM Activity Lead": "Activity Desk",
	"LSM Treasurer": "Payments",
	"LSM Language Helper": "Language Desk",
	"LSM Board": "Figures",
	"LSM Privacy Officer": "Privacy",
}


@functools.cache
def accounts() -> dict[str, dict]:
	"""role -> {"user", "password"} of the test site's sample users."""
	rows = json.loads((BENCH.site_path / "accounts.json").read_text())
	return {row["role"]: row for row in reversed(rows)}


class Session(requests.Session):
	"""A visitor of the test site; paths are enough, the framework's token is sent along."""

	def __init__(self):
		super().__init__()
		self.csrf_token = ""

	def request(self, method, url, **kwargs):
		if url.startswith("/"):
			url = BENCH.url + url
		headers = {"Accept": "application/json", **(kwargs.pop("headers", None) or {})}
		if self.csrf_token and method.upper() not in ("GET", "HEAD", "OPTIONS"):
			headers.setdefault("X-Frappe-CSRF-Token", self.csrf_token)
		kwargs.setdefault("timeout", 60)
		return super().request(method, url, headers=headers, **kwargs)

	def log_in(self, user: str, password: str) -> Session:
		answer = self.post("/api/method/login", data={"usr": user, "pwd": password})
		assert answer.status_code == 200, f"login of {user}: {answer.status_code} {answer.text[:300]}"
		# The token stands in the desk's page; who has no desk finds it in the first form of the portal.
		for page, marker in (("/app", 'csrf_token = "'), ("/portal", 'name="csrf_token" value="')):
			text = self.get(page, headers={"Accept": "text/html"}).text
			if marker in text:
				self.csrf_token = text.split(marker, 1)[1].split('"', 1)[0]
				break
		return self
