"""Fills the public forms as a browser without JavaScript would: one POST for each step."""

import json
import re

from tests.support import BENCH

VOLUNTEER = [
	{"first_name": "Saba", "last_name": "ተስፋይ", "preferred_language": "ti", "phone": "06 12345678"},
	{"roles": ["Cook", "Translator"], "skills": "koken"},
	{"languages-0-language": "ti", "languages-0-speaking": "Mother Tongue", "languages-0-reading": "Good"},
	{"availability": ["Monday|Morning", "Friday|Evening"], "areas": ["Merenwijk"]},
	{"motivation": "ምሕጋዝ እደሊ", "consent_to_store": "1"},
]


def limits(**values):
	"""For a fixture: the test site's limits on sending forms are these while it lasts."""
	path = BENCH.site_path / "site_config.json"
	before = path.read_text()
	path.write_text(json.dumps({**json.loads(before), "public_form_limits": values}))
	yield
	path.write_text(before)


class FormClient:
	def __init__(self, session, route: str, language: str = "nl", **headers):
		self.session, self.address, self.headers = session, f"/{language}/form/{route}", headers
		self.answer = None

	def open(self) -> "FormClient":
		self.answer = self.session.get(self.address, headers={"Accept": "text/html", **self.headers})
		assert self.answer.status_code == 200, self.answer.text[:300]
		return self

	@property
	def text(self) -> str:
		return self.answer.text

	@property
	def hidden(self) -> dict[str, str]:
		return {name: re.search(rf'name="{name}" value="([^"]*)"', self.text).group(1) for name in ("draft", "step")}

	@property
	def step(self) -> int:
		return int(self.hidden["step"])

	@property
	def errors(self) -> list[str]:
		return re.findall(r'<p class="error" id="f-([^"]+)-error"', self.text)

	@property
	def reference(self) -> str:
		return re.search(r"LSM-[A-Z0-9]{4}-[A-Z0-9]{4}", self.text).group(0)

	def post(self, action: str = "next", hidden: dict | None = None, files=None, **fields) -> "FormClient":
		data = {**(hidden or self.hidden), "action": action}
		data |= {f"f-{name}" if name not in ("website", "draft", "step") else name: v for name, v in fields.items()}
		self.answer = self.session.post(
			self.address, data=data, files=files, headers={"Accept": "text/html", **self.headers}, timeout=180
		)
		return self

	def fill_volunteer(self, email: str) -> "FormClient":
		"""All steps up to the review."""
		self.open()
		for number, fields in enumerate(VOLUNTEER):
			assert self.step == number, self.text[:2000]
			self.post(**fields, **({"email": email} if number == 0 else {}))
			assert self.answer.status_code == 200, self.errors
		return self
