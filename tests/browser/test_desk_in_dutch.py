"""The desk speaks Dutch: the framework's own words on a list and a form, and what the timeline tells of earlier states."""

import pytest

pytestmark = pytest.mark.browser
TEXTS = """() => [...document.querySelectorAll(".page-container")].filter((e) => e.checkVisibility())
	.map((e) => e.innerText).join("\\n")"""
ENGLISH = (
	"Save",
	"Draft",
	"List View",
	"Edit Filters",
	"created this",
	"last edited this",
	"changed the value",
	"Attachments",
)


@pytest.fixture
def desk(page_as, rows):
	page = page_as("LSM Coordinator")
	case = rows("Case", {"workflow_state": "Closed"}, ["name"])[0].name
	page.goto(f"/app/case/{case}")
	page.wait_for_function("name => window.cur_frm && cur_frm.doc.name === name", arg=case)
	page.locator(".new-timeline .timeline-item").first.wait_for()
	return page


def test_a_form_and_its_timeline_are_in_dutch(desk):
	text = desk.evaluate(TEXTS)
	assert [word for word in ENGLISH if word in text] == []
	timeline = desk.locator(".new-timeline").inner_text()
	assert "Gesloten" in timeline and "maakte dit" in timeline
	assert [state for state in ("Closing Requested", "In Progress", "Closed") if state in timeline] == []


def test_a_list_is_in_dutch(desk):
	desk.goto("/app/case/view/list")
	desk.locator(".list-row-container").nth(1).wait_for()
	text = desk.evaluate(TEXTS)
	assert [word for word in ENGLISH if word in text] == [] and text


@pytest.mark.parametrize(
	("doctype", "name", "dutch"),
	[
		("help-topic", "Debt help", "Schuldhulp"),
		("volunteer-role", "Cook", "Eetcafé-kok"),
		("case-type", "Asylum procedure", "Asielprocedure"),
		("client-group", "Refugee", "Vluchteling"),
		("service-type", "Guidance", "Begeleiding"),
		("event-type", "Reading aloud", "Voorlezen"),
		("tutoring-subject", "Mathematics", "Wiskunde"),
	],
)
def test_the_foundations_words_are_dutch_in_their_own_list(page_as, doctype, name, dutch):
	page = page_as("LSM Coordinator")
	page.goto(f"/app/{doctype}/view/list")
	word = page.locator(f".list-subject a[href$='/{name.replace(' ', '%20')}']")
	word.wait_for()
	assert word.inner_text().strip() == dutch
	word.click()
	page.wait_for_function("name => window.cur_frm && cur_frm.doc.name === name", arg=name)
	assert page.locator(".title-text:visible").first.inner_text().strip() == dutch
