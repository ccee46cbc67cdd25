"""The pages behind links in mails, and a vacancy's own, in every language: nothing that axe finds, in each of their states."""

from __future__ import annotations

import secrets

import pytest

from tests.browser.access.accessible import LANGUAGES, look_closely, look_everywhere
from tests.figures import figure

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def addresses(frappe_site):
	"""what the page is -> its address; the records are taken away afterwards."""
	from lsm_crm.tests.factories import take_away

	frappe_site.set_user("Administrator")
	made: list[tuple[str, str]] = []
	yield {
		**activity_links(frappe_site, made),
		**partner_links(frappe_site, made),
		"vacancy": vacancy(frappe_site, made),
	}
	frappe_site.db.rollback()
	take_away(made)


def activity_links(frappe, made) -> dict[str, str]:
	from frappe.utils import add_days, getdate

	from lsm_crm.services import expiring_links
	from lsm_crm.tests import activity_factories as factories

	order = factories.make_order()
	event = factories.published(factories.make_event(capacity=1))
	taken = factories.make_registration(event.name)
	waiting = factories.make_registration(event.name)
	lesson = factories.make_confirmed_lesson(factories.user_of("lead"), factories.user_of("lead", 2))
	made += [("Catering Order", order.name), ("LSM Event", event.name)]
	made += [("Event Registration", one.name) for one in (taken, waiting)]
	made += [("Lesson", lesson.name), ("Tutoring Group", lesson.tutoring_group)]
	made += [("Pupil", row.pupil) for row in lesson.attendance]
	frappe.db.commit()

	def link(purpose: str, name: str) -> str:
		return f"/link/{purpose}/{expiring_links.token(purpose, name, add_days(getdate(), 3))}"

	return {
		"order": link("order", order.name),
		"place": link("registration", taken.name),
		"waiting list": link("registration", waiting.name),
		"feedback": link("feedback", taken.name),
		"a parent's feedback": link("tutoring", lesson.attendance[0].name),
		"a wrong link": "/link/order/x",
	}


def partner_links(frappe, made) -> dict[str, str]:
	from lsm_crm.services import referral_links
	from lsm_crm.tests.factories import make, make_client, make_consent, make_partner

	client = make_client(first_name="Kanarie", last_name="Zonderling", phone="0612398745")
	partner = make_partner(f"Partner {secrets.token_hex(4)}", accepts_referrals=1)
	consent = make_consent(client.name)
	referral = make("Referral", partner=partner.name, client=client.name, consent=consent.name, topic="Debt help")
	made += [("Client", client.name), ("Partner Organisation", partner.name)]
	made += [("Client Consent", consent.name), ("Referral", referral.name)]
	address = f"/partner/referral/{referral_links.new_link(referral)}"
	frappe.db.commit()
	return {"referral": address, "an old referral": "/partner/referral/" + "x" * 40}


def vacancy(frappe, made) -> str:
	from lsm_crm.tests.factories import make

	found = make("Vacancy", title="Tutor", role="Tutor", body="<p>Twee uur in de week.</p>", published=1)
	made.append(("Vacancy", found.name))
	frappe.db.commit()
	return f"vacancies/{found.name}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_behind_links_are_accessible_in_every_language(open_page, request, addresses, looked, language):
	whole = request.config.getoption("--audit")
	number = LANGUAGES.index(language)
	page = open_page(width=(320, 1280)[number % 2], color_scheme=("light", "dark")[number // 2 % 2])
	page.goto(f"/{language}/")  # the choice is kept, and a link has no language of its own
	chosen = list(addresses) if whole else list(addresses)[number % 3 :: 3]
	for state in chosen:
		address = addresses[state]
		page.goto(address if address.startswith("/") else f"/{language}/{address}")
		assert page.locator("html").get_attribute("lang") == language, state
		look(page, whole, looked)
	if "referral" in chosen:
		page.goto(addresses["referral"])
		page.locator("button[value=refuse]").click()
		page.locator("[role=alert]").wait_for()
		look(page, whole, looked)


def look(page, whole: bool, looked: list[str]) -> None:
	if whole:
		look_everywhere(page, looked.append)
	else:
		look_closely(page)
		looked.append(page.url)


@pytest.fixture(scope="module")
def looked():
	states: list[str] = []
	yield states
	figure("access: links", f"{len(states)} states, axe found 0", "every link's page, language, width and scheme")
