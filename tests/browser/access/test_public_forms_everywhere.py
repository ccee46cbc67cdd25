"""Each public form to its end in a browser: by keyboard alone with JavaScript, and without any; each state looked at."""

from __future__ import annotations

import itertools

import pytest

from tests.browser.access.accessible import LANGUAGES, WIDTH, look_closely, look_everywhere
from tests.browser.access.form_walk import NAME, Walk
from tests.figures import figure
from tests.http.public_form_client import limits

pytestmark = pytest.mark.browser
FORMS = ("help", "volunteer", "event", "senior", "tutoring", "catering", "translation", "referral", "research")
# The covering set: every form, both widths, both schemes, and the languages that the forms' own texts differ most in.
COVERING = [
	("help", "ti", 320, "light"),
	("volunteer", "fa", 1280, "dark"),
	("event", "ar", 320, "dark"),
	("senior", "nl", 320, "light"),
	("tutoring", "am", 1280, "light"),
	("catering", "ru", 320, "dark"),
	("translation", "zh", 1280, "light"),
	("referral", "tr", 320, "light"),
	("research", "fr", 1280, "dark"),
]
# Those that between them have every kind of field; the registration is sent without JavaScript elsewhere.
WITHOUT_JAVASCRIPT = ("help", "tutoring", "catering", "translation")


@pytest.fixture(scope="module", autouse=True)
def generous_limits():
	yield from limits(fastest_seconds=0, per_address=[100_000, 600], per_form=[100_000, 600])


@pytest.fixture(scope="module")
def looked():
	"""How many states were looked at, told at the end of an audit."""
	states: list[str] = []
	yield states
	figure("access: forms", f"{len(states)} states of forms, axe found 0", "every form, language, width and scheme")


def stored_record(frappe_site, reference: str):
	frappe_site.db.rollback()
	submission = frappe_site.get_doc("Form Submission", {"reference": reference})
	return frappe_site.get_doc(submission.reference_doctype, submission.reference_name)


def assert_typed_is_stored(frappe_site, reference: str, walk: Walk) -> None:
	"""Each text as it was typed; one that the other answers do not ask for is left out by the server."""
	record = stored_record(frappe_site, reference)
	texts = {df.fieldname for df in record.meta.fields if df.fieldtype == "Data" and df.options != "Phone"}
	compared = 0
	for control, value in walk.typed.items():
		name = control.removeprefix("f-")
		if name in texts and not (control in walk.conditional and not record.get(name)):
			assert record.get(name) == value, (record.doctype, name)
			compared += value == NAME
	assert compared, f"no name was stored in {record.doctype}"


@pytest.mark.parametrize(("route", "language", "width", "scheme"), COVERING)
def test_by_keyboard_alone_every_state_is_accessible(open_page, frappe_site, looked, route, language, width, scheme):
	page = open_page(width=width, color_scheme=scheme, reduced_motion="reduce")

	def look(state: str) -> None:
		assert page.locator("html").get_attribute("lang") == language
		look_closely(page)
		looked.append(state)

	walk = Walk(page, route, look)
	reference = walk.to_the_end(language, walk.fill_by_keyboard, walk.press_by_keyboard)
	assert_typed_is_stored(frappe_site, reference, walk)


@pytest.mark.parametrize(("route", "language"), itertools.product(FORMS, LANGUAGES))
def test_every_state_in_every_language_width_and_scheme(open_page, frappe_site, request, looked, route, language):
	"""The states are reached once for each language; a width or a scheme needs no new walk."""
	if not request.config.getoption("--audit"):
		pytest.skip("in the audit: `./lsm audit access`")
	page = open_page(reduced_motion="reduce")

	def look(state: str) -> None:
		assert page.locator("html").get_attribute("lang") == language
		look_everywhere(page, looked.append)

	walk = Walk(page, route, look)
	reference = walk.to_the_end(language, walk.fill_all, walk.press_main)
	assert_typed_is_stored(frappe_site, reference, walk)


@pytest.mark.parametrize("route", FORMS)
def test_without_javascript(open_page, frappe_site, request, route):
	if route not in WITHOUT_JAVASCRIPT and not request.config.getoption("--audit"):
		pytest.skip("in the audit: `./lsm audit access`")
	page = open_page(width=320, java_script_enabled=False)
	language = LANGUAGES[FORMS.index(route)]
	walk = Walk(page, route, lambda state: assert_fits(page))
	reference = walk.to_the_end(language, walk.fill_all, walk.press_main)
	assert_typed_is_stored(frappe_site, reference, walk)


def assert_fits(page) -> None:
	assert page.evaluate(WIDTH) <= 0, page.url
