"""Goes through any public form as it is shown: by keyboard alone or with the mouse, each state looked at on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

NAME = "Saba ሳባ علي O'Neil"
# Answers by the field's name, where its kind alone does not say what makes sense. Day and month are equal, so that the
# order in which a browser's own date field asks for them makes no difference.
BY_NAME = {
	"guests": "20",
	"delivery_date": "2031-05-05",
	"window_from": "10:10",
	"window_to": "11:11",
	"handover": "Delivery",
	"postcode": "2321 AB",
	"places": "1",
	"birth_year": "1948",
	"date_of_birth": "2018-05-05",
	"school_year": "5",
	"period_to": "2031-06-06",
	"from_language": "ti",
	"to_language": "nl",
	"contact_how": "Call Me",
}
BY_KIND = {
	"email": "saba@example.org",
	"tel": "06 12345678",
	"date": "2031-05-05",
	"time": "10:10",
	"numeric": "2",
	"decimal": "2",
	"textarea": "Een brief van de gemeente. رسالة من البلدية",
	"text": NAME,
}
CONTROLS = """() => [...document.querySelectorAll("#form input, #form select, #form textarea")]
	.filter((e) => e.type !== "hidden" && e.type !== "file" && e.tabIndex >= 0 && e.checkVisibility())
	.map((e) => ({
		id: e.id, name: e.name, tag: e.tagName.toLowerCase(), type: e.type, mode: e.inputMode, value: e.value,
		checked: e.checked, conditional: Boolean(e.closest("[data-when]")), options: e.options ? [...e.options].map((o) => o.value) : [],
	}))"""
FOCUSED = """() => {
	const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
	return {
		id: e.id, name: e.name || "", tag: e.tagName.toLowerCase(), type: e.type || "", main: e.matches(".main-button"),
		outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
		seen: box.bottom > 0 && box.top < innerHeight,
	};
}"""


@dataclass
class Walk:
	"""One going through a form; `look(state)` is called on each step, error, review and end."""

	page: object
	route: str
	look: Callable[[str], None] = lambda state: None
	answers: dict[str, str] = field(default_factory=dict)  # more than BY_NAME, for one form
	typed: dict[str, str] = field(default_factory=dict)
	conditional: set[str] = field(default_factory=set)  # typed where the answers may not ask for it, without JavaScript
	stops: int = 0  # how often Tab was pressed

	def answer(self, control: dict) -> str:
		name = control["name"].removeprefix("f-").split("-")[-1]
		wanted = {**BY_NAME, **self.answers}.get(name)
		if control["tag"] == "select":
			return wanted if wanted in control["options"] else next(filter(None, control["options"]), "")
		kind = control["mode"] or ("textarea" if control["tag"] == "textarea" else control["type"])
		return wanted or BY_KIND.get(kind) or BY_KIND["text"]

	def controls(self) -> list[dict]:
		return self.page.evaluate(CONTROLS)

	def to_the_end(self, language: str, fill: Callable[[], None], press: Callable[[], None]) -> str:
		"""Every step first sent empty, then filled in; gives the reference at the end."""
		self.page.goto(f"/{language}/form/{self.route}")
		step = 0
		while self.page.locator("section.review").count() == 0:
			assert step < 8, f"{self.route} has no end: {self.page.locator('.summary').all_inner_texts()}"
			self.look(f"step {step}")
			before = self.page.locator(".progress").inner_text()
			press()
			if self.page.locator("#summary").count():
				self.look(f"step {step} with errors")
			if self.page.locator(".progress").inner_text() == before:
				fill()
				press()
			problems = self.page.locator(".summary").all_inner_texts()
			assert not problems, f"{self.route}, step {step}: {problems}"
			step += 1
		self.look("review")
		press()
		self.page.locator(".reference").wait_for()
		self.look("sent")
		return self.page.locator(".reference").inner_text().strip()

	# With the mouse (or a finger), which also works without JavaScript.

	def press_main(self) -> None:
		with self.page.expect_navigation():
			self.page.locator("main .main-button").click()

	def fill_all(self) -> None:
		"""Once more after the first round, since an answer may bring up further fields."""
		for _round in range(2):
			for control in self.controls():
				self.fill(control)

	def fill(self, control: dict) -> None:
		if control["id"] in self.typed:
			return
		if control["conditional"]:
			self.conditional.add(control["id"])
		where = self.page.locator(f"[id='{control['id']}']")
		value = self.answer(control)
		if control["type"] == "radio":
			self.tick_radio(control, where)
			return
		if control["type"] == "checkbox":
			where.check()
		elif control["tag"] == "select":
			where.select_option(value)
		else:
			where.fill(value)
		self.typed[control["id"]] = value

	def tick_radio(self, control: dict, where) -> None:
		wanted = {**BY_NAME, **self.answers}.get(control["name"].removeprefix("f-"))
		if control["name"] not in self.typed and wanted in (None, control["value"]):
			where.check()
			self.typed[control["name"]] = control["value"]

	# With the keyboard alone.

	def press_by_keyboard(self) -> None:
		self.tab_to(lambda focused: focused["main"])
		with self.page.expect_navigation():
			self.page.keyboard.press("Enter")

	def fill_by_keyboard(self) -> None:
		"""Tab from the top to the button; each field on the way gets its answer."""
		self.page.evaluate("document.activeElement.blur(); document.getElementById('main').focus()")
		self.tab_to(lambda focused: focused["main"], at_each=self.answer_focused)

	def tab_to(self, wanted: Callable[[dict], bool], at_each: Callable[[dict], None] = lambda focused: None) -> None:
		for _number in range(400):
			focused = self.page.evaluate(FOCUSED)
			if wanted(focused):
				return
			at_each(focused)
			self.page.keyboard.press("Tab")
			self.stops += 1
			focused = self.page.evaluate(FOCUSED)
			if focused["tag"] in ("a", "button", "input", "select", "textarea", "summary"):
				assert focused["outline"] >= 2, f"{self.page.url}: no focus to be seen on {focused}"
				assert focused["seen"], f"{self.page.url}: the focus is outside the screen on {focused}"
		raise AssertionError(f"{self.page.url}: 400 times Tab, and not there")

	def answer_focused(self, focused: dict) -> None:
		control = next((item for item in self.controls() if item["id"] == focused["id"]), None)
		if not control or control["id"] in self.typed or control["name"] in self.typed:
			return
		keyboard, value = self.page.keyboard, self.answer(control)
		if control["type"] == "radio":
			same = [item["value"] for item in self.controls() if item["name"] == control["name"]]
			wanted = {**BY_NAME, **self.answers}.get(control["name"].removeprefix("f-"), same[0])
			keyboard.press("Space")
			for _number in range(same.index(wanted)):
				keyboard.press("ArrowDown")
			self.typed[control["name"]] = wanted
			return
		if control["type"] == "checkbox":
			if not control["checked"]:
				keyboard.press("Space")
		elif control["tag"] == "select":
			for _number in range(control["options"].index(value) - control["options"].index(control["value"])):
				keyboard.press("ArrowDown")
		elif control["type"] == "date":
			year, month, day = value.split("-")
			keyboard.type(day + month + year)
		elif control["type"] == "time":
			keyboard.type(value.replace(":", "") + "A")  # in the morning, where the browser asks for that
		else:
			keyboard.press("Control+A")
			keyboard.type(value)
		self.typed[control["id"]] = value
