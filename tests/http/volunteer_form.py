"""Fills in the volunteers' web form step by step over HTTP, as a browser without scripts does."""

from __future__ import annotations

import html
import re

LANGUAGES = ("nl", "en", "ar", "fr", "es", "zh", "fa", "tr", "am", "ru", "ti")
REFERENCE = re.compile(r"LSM-[0-9A-Z]{4}-[0-9A-Z]{4}")


def answers(email: str, first_name: str = "Selam", **more) -> list[dict]:
	"""What is typed on each step of the form."""
	return [
		{"f-first_name": first_name, "f-last_name": "Probe", "f-email": email, "f-preferred_language": "en"},
		{"f-roles": ["Cook", "Translator"], "f-skills": "Injera"},
		{
			"f-languages-0-language": "ti",
			"f-languages-0-speaking": "Mother Tongue",
			"f-languages-0-interpreting": "Good",
			"f-languages-1-language": "nl",
			"f-languages-1-speaking": "A Little",
		},
		{"f-availability": ["Tuesday|Evening", "Friday|Afternoon"], "f-areas": ["Merenwijk"]},
		{"f-motivation": "I like to help", "f-consent_to_store": "1", **more},
	]


class Visitor:
	"""One person with one open form."""

	def __init__(self, session, language: str = "en", origin: str = "", address: str = ""):
		self.session = session
		self.url = f"{origin}/{language}/form/volunteer"
		self.headers = {"Accept": "text/html"} | ({"X-Forwarded-For": address} if address else {})
		self.page = session.get(self.url, headers=self.headers).text
		self.status = 200

	def hidden(self, name: str) -> str:
		return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', self.page).group(1))

	def press(self, action: str, typed: dict | None = None):
		data = {"draft": self.hidden("draft"), "step": self.hidden("step"), "website": "", "action": action}
		token = re.search(r'name="csrf_token" value="([^"]*)"', self.page)
		if token:
			data["csrf_token"] = token.group(1)
		answer = self.session.post(self.url, data={**data, **(typed or {})}, headers=self.headers)
		self.page, self.status = answer.text, answer.status_code
		return self

	def fill(self, email: str, **more):
		"""All steps up to the review."""
		for typed in answers(email, **more):
			self.press("next", typed)
			assert self.status == 200, (self.status, self.errors())
		return self

	def send(self) -> str | None:
		"""Send from the review; the reference, or None where it was not taken."""
		self.press("send")
		found = REFERENCE.search(self.page)
		return found.group(0) if found and self.status == 200 else None

	def errors(self) -> str:
		return " ".join(re.findall(r'<div class="summary.*?</div>', self.page, re.S))[:600]
