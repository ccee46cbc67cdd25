"""What every public page must be in every state: nothing that axe finds, nothing too wide, nothing too small to touch, and
a tree for screen readers in which everything has a name."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.base import AXE_SCRIPT

LANGUAGES = ("nl", "en", "ar", "fr", "es", "zh", "fa", "tr", "am", "ru", "ti")
WIDTHS = (320, 1280)
RULES = {
	"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	"resultTypes": ["violations"],
}
# What axe passed is not sent to the test: it takes longer than the looking.
ASK_AXE = "rules => axe.run(rules).then((found) => found.violations)"
# What a colour scheme can change.
COLOURS = {
	"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
	"resultTypes": ["violations"],
}
WIDTH = "document.documentElement.scrollWidth - innerWidth"
# Targets that lie in a line of text are excepted by the rule itself (WCAG 2.5.8).
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary, [role=button]")]
	.filter((e) => e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0 && e.type !== "hidden")
	.filter((e) => !(e.tagName === "A" && getComputedStyle(e).display === "inline" && e.closest("p, dd, li, span")))
	.filter((e) => !e.closest(".hidden, .skip, .trap"))
	.map((e) => [e.outerHTML.slice(0, 120), e.getBoundingClientRect()])
	.filter(([, box]) => box.width < 24 || box.height < 24)
	.map(([html, box]) => `${html} ${box.width} x ${box.height}`)"""
LANDMARKS = {"main": 1, "banner": 1, "contentinfo": 1}
NAMED = (
	*("textbox", "combobox", "listbox", "checkbox", "radio", "button", "link", "spinbutton", "Date", "InputTime"),
	*("navigation", "group", "searchbox", "DisclosureTriangle"),
)
WITH_NAME_INSIDE = ("group",)  # a <details> is a group of its own, named by what is in it


def axe_finds_nothing(page, rules: dict = RULES) -> None:
	if not page.evaluate("Boolean(window.axe)"):
		page.evaluate(AXE_SCRIPT)
	found = page.evaluate(ASK_AXE, rules)
	assert not found, (page.url, [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found])


def fits(page) -> None:
	assert page.evaluate(WIDTH) <= 0, f"{page.url} is wider than the screen"


def targets_are_large_enough(page) -> None:
	small = page.evaluate(SMALL_TARGETS)
	assert not small, (page.url, small)


def tree_of(page) -> list[dict]:
	"""The accessibility tree as the browser gives it to a screen reader: role, name, description and whether it is wrong."""
	session = page.context.new_cdp_session(page)
	nodes = session.send("Accessibility.getFullAXTree")["nodes"]
	session.detach()

	def flat(node: dict) -> dict:
		properties = {item["name"]: item["value"].get("value") for item in node.get("properties", [])}
		return {
			"role": node.get("role", {}).get("value", ""),
			"name": node.get("name", {}).get("value", ""),
			"description": node.get("description", {}).get("value", ""),
			"invalid": properties.get("invalid") in ("true", True),
			"level": properties.get("level"),
			"dom": node.get("backendDOMNodeId"),
		}

	return [flat(node) for node in nodes if not node.get("ignored")]


def tree_makes_sense(page) -> list[dict]:
	tree = tree_of(page)
	for role, times in LANDMARKS.items():
		assert len([node for node in tree if node["role"] == role]) == times, (page.url, role)
	assert len([node for node in tree if node["role"] == "heading" and node["level"] == 1]) == 1, page.url
	nameless = [node for node in tree if node["role"] in NAMED and not node["name"].strip()]
	nameless = [node for node in nameless if node["role"] not in WITH_NAME_INSIDE]
	assert not nameless, (page.url, nameless)
	return tree


def errors_are_told(page, tree: list[dict]) -> None:
	"""The summary has the focus and links to what is wrong; each field that is wrong says so together with its sentence."""
	assert page.evaluate("document.activeElement.id") == "summary"
	sentences = page.locator("p.error").evaluate_all(
		"all => all.map((e) => e.textContent.replace(/\\s+/g, ' ').trim())"
	)
	wrong = [node["description"] for node in tree if node["invalid"] or node["role"] == "group"]
	for sentence in sentences:
		assert any(sentence in description for description in wrong), (page.url, sentence, wrong)
	for target in page.locator("#summary a").evaluate_all("all => all.map((e) => e.hash.slice(1))"):
		assert page.locator(f"[id='{target}']").count() == 1, (page.url, target)


def look_closely(page) -> None:
	fits(page)
	targets_are_large_enough(page)
	tree = tree_makes_sense(page)
	if page.locator("p.error").count():
		errors_are_told(page, tree)
	axe_finds_nothing(page)


def look_everywhere(page, at_each: Callable[[str], None]) -> None:
	"""One state at every width and in every scheme; `at_each` is told of each. The page is not asked for anew."""
	for width in WIDTHS:
		page.set_viewport_size({"width": width, "height": 900})
		look_closely(page)
		at_each(f"{width}")
		page.emulate_media(color_scheme="dark")
		axe_finds_nothing(page, COLOURS)
		at_each(f"{width} dark")
		page.emulate_media(color_scheme="light")
