"""The desk in Arabic and Persian: laid out from the right, and a Latin text keeps its own order and is cut at its end."""

import pytest

from lsm_crm.tests.factories import make_case
from tests.support import BENCH, Session, accounts

pytestmark = pytest.mark.browser
ROLE = "LSM Coordinator"
LONG = "Bezwaarschrift tegen de beschikking van de gemeente over de toeslag"
# Where the first and the last letter of a text stand, against the box that shows it.
FIRST_LETTER = """link => {
	const text = link.firstChild, range = document.createRange(), start = text.data.search(/\\S/);
	range.setStart(text, start), range.setEnd(text, start + 1);
	const letter = range.getBoundingClientRect(), box = link.closest(".list-row-col").getBoundingClientRect();
	return letter.left >= box.left - 1 && letter.right <= box.right + 1;
}"""


@pytest.fixture(params=["ar", "fa"])
def desk(request, frappe_site, open_page):
	"""The coordinator's desk in that language; it is Dutch again afterwards."""
	account = accounts()[ROLE]
	before = frappe_site.db.get_value("User", account["user"], "language")

	def speak(language: str) -> None:
		frappe_site.db.set_value("User", account["user"], "language", language)
		frappe_site.db.commit()
		frappe_site.clear_cache(user=account["user"])

	speak(request.param)
	session = Session().log_in(account["user"], account["password"])
	page = open_page()
	page.context.add_cookies(
		[{"name": c.name, "value": c.value or "", "url": BENCH.url} for c in session.cookies if c.value]
	)
	yield page
	speak(before)


def test_a_long_latin_title_is_cut_at_its_end(desk, site):
	case = make_case(subject=LONG)
	site.made += [("Case", case.name), ("Client", case.client)]
	site.db.commit()
	desk.goto("/app/case/view/list")
	link = desk.locator(f".list-subject a[href$='{case.name}']")
	link.wait_for()
	assert desk.locator("html").get_attribute("dir") == "rtl"
	assert link.evaluate("e => e.scrollWidth > e.clientWidth")  # it is cut, and
	assert link.evaluate(FIRST_LETTER)  # its beginning is there
	number = desk.locator(f"a[data-filter='name,=,{case.name}']").first
	assert number.evaluate(FIRST_LETTER)


def test_numbers_keep_their_order_and_nothing_is_too_wide(desk, rows):
	client = rows("Client", {"phone": ("like", "+31%")}, ["name", "phone"])[0]
	desk.goto(f"/app/client/{client.name}")
	desk.wait_for_function("name => window.cur_frm && cur_frm.doc.name === name", arg=client.name)
	phone = desk.locator("[data-fieldname=phone] input:visible, [data-fieldname=phone] .control-value:visible").first
	assert phone.evaluate("e => getComputedStyle(e).unicodeBidi") == "plaintext"
	label = desk.locator("[data-fieldname=phone] .control-label").first
	assert label.evaluate("e => getComputedStyle(e).textAlign") == "right"
	assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_words_of_the_foundation_are_in_the_readers_language(desk):
	desk.goto("/app/help-topic/view/list")
	row = desk.locator(".list-subject a[href$='/help-topic/Debt%20help']")
	row.wait_for()
	assert row.inner_text().strip() in ("المساعدة في الديون", "کمک برای بدهی")
