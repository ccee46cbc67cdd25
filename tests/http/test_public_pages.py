"""The public pages for people and for programs that read them: hours, sitemap, alternates, structured data, calendar, hostile addresses."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
from lxml import etree, html

from lsm_crm.tests.activity_factories import make_event
from tests.http.public_form_client import FormClient, limits
from tests.support import Session

LANGUAGES = ("nl", "en", "ar", "fr", "es", "zh", "fa", "tr", "am", "ru", "ti")
XML = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def walk_in_hours(frappe_site):
	"""Two walk-in hours, the later one first; what stood there comes back."""
	settings = frappe_site.get_single("LSM Settings")
	before = [row.as_dict() for row in settings.walk_in_hours]
	rows = [
		{"weekday": "Thursday", "starts_at": "19:00:00", "ends_at": "21:00:00", "place": "Matilo & tuin"},
		{"weekday": "Monday", "starts_at": "09:30:00", "ends_at": "12:00:00"},
	]
	settings.set("walk_in_hours", rows)
	settings.save()
	frappe_site.db.commit()
	yield
	settings.reload()
	settings.set("walk_in_hours", before)
	settings.save()
	frappe_site.db.commit()


@pytest.fixture(scope="module")
def evening(frappe_site):
	"""A published event within the agenda's days, with signs in its title that a page or a feed must not take as its own."""
	starts = frappe_site.utils.add_days(frappe_site.utils.now_datetime().replace(microsecond=0, second=0), 9)
	title = "Soep, brood; </script><b>رسالة</b>"
	event = make_event(title="Soep", starts_on=starts, public=1)
	hidden = make_event(title="Nog niet openbaar", starts_on=starts, public=1)
	event.db_set({"workflow_state": "Published", "title": title})  # as if the framework had let the signs through
	frappe_site.db.commit()
	yield event
	for doc in (event, hidden):
		frappe_site.delete_doc("LSM Event", doc.name, force=True)
	frappe_site.db.commit()


def page_of(session, address: str):
	answer = session.get(address, headers=HTML)
	assert answer.status_code == 200, (address, answer.status_code)
	return html.fromstring(answer.content)


@pytest.mark.parametrize(
	("language", "monday"), [("nl", "Maandag"), ("ar", "الاثنين"), ("ti", "ሰኑይ"), ("zh", "星期一")]
)
def test_the_contact_page_tells_the_walk_in_hours_in_the_readers_language(guest, walk_in_hours, language, monday):
	lines = [line.text_content() for line in page_of(guest, f"/{language}/contact").cssselect("ul.hours li")]
	assert len(lines) == 2 and monday in lines[0] and "09:30–12:00" in lines[0]
	assert "19:00–21:00" in lines[1] and "Matilo & tuin" in lines[1]


def test_walk_in_hours_that_end_before_they_begin_are_refused(frappe_site):
	settings = frappe_site.get_single("LSM Settings")
	settings.append("walk_in_hours", {"weekday": "Monday", "starts_at": "12:00:00", "ends_at": "09:00:00"})
	with pytest.raises(frappe_site.ValidationError):
		settings.save()
	frappe_site.db.rollback()


def structured(page) -> list:
	return [json.loads(script.text) for script in page.cssselect('script[type="application/ld+json"]')]


def test_search_engines_are_told_who_we_are_and_when_we_are_open(guest, walk_in_hours):
	(organisation,) = structured(page_of(guest, "/fa/"))
	assert organisation["@type"] == "NGO" and organisation["url"].endswith("/fa/")
	assert set(organisation["knowsLanguage"]) == set(LANGUAGES)
	hours = organisation["openingHoursSpecification"]
	assert [(hour["dayOfWeek"][-6:], hour["opens"], hour["closes"]) for hour in hours] == [
		("Monday", "09:30", "12:00"),
		("ursday", "19:00", "21:00"),
	]


def test_the_agenda_is_the_same_for_people_search_engines_and_calendars(guest, evening):
	page = page_of(guest, "/ar/agenda")
	assert evening.title in [title.text_content() for title in page.cssselect("main h3")]
	(events,) = structured(page)
	(told,) = [event for event in events if event["name"] == evening.title]
	starts = evening.starts_on.replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
	assert datetime.fromisoformat(told["startDate"]) == starts and told["isAccessibleForFree"] is True
	feed = guest.get("/agenda.ics")
	found = [event for event in icalendar.Calendar.from_ical(feed.content).walk("VEVENT")]
	(event,) = [event for event in found if str(event["SUMMARY"]) == evening.title]
	assert event["DTSTART"].dt == starts and event["DTEND"].dt > event["DTSTART"].dt
	assert len({str(event["UID"]) for event in found}) == len(found)
	assert all(len(line) <= 75 for line in feed.content.split(b"\r\n"))
	assert "Nog niet openbaar" not in feed.text + guest.get("/nl/agenda").text


def test_a_day_without_an_hour_tells_none():
	from lsm_crm.public_site.agenda import Entry, _ical_times

	def entry(hour: int) -> Entry:
		starts = datetime(2026, 12, 6, hour, 0)
		return Entry("Senior Activity", "S-1", "Wandelclub", starts, None, "", "", "", True)

	assert entry(0).times == "" and _ical_times(entry(0)) == ["DTSTART;VALUE=DATE:20261206"]
	assert entry(14).times == "14:00" and _ical_times(entry(14))[0] == "DTSTART:20261206T130000Z"


def test_the_sitemap_names_pages_that_are_there_each_in_every_language(guest):
	tree = etree.fromstring(guest.get("/sitemap.xml").content)
	addresses = tree.xpath("//s:loc/text()", namespaces=XML)
	assert len(addresses) == len(set(addresses)) and len(addresses) % len(LANGUAGES) == 0
	paths = {re.sub(r"^https?://[^/]+", "", address) for address in addresses}
	assert {f"/{language}/form/help" for language in LANGUAGES} <= paths
	for entry in tree.xpath("//s:url", namespaces=XML):
		assert entry.xpath("x:link/@hreflang", namespaces=XML) == list(LANGUAGES)
	for path in sorted(paths):
		if path.startswith("/ti/"):
			assert guest.get(path, headers=HTML).status_code == 200, path


@pytest.mark.parametrize("path", ["", "agenda", "form/volunteer", "privacy"])
def test_each_page_names_itself_and_the_others(guest, path):
	named = {}
	for language in LANGUAGES:
		page = page_of(guest, f"/{language}/{path}")
		(canonical,) = page.xpath("//link[@rel='canonical']/@href")
		assert canonical.endswith(f"/{language}/{path}")
		named[language] = {
			link.get("hreflang"): link.get("href") for link in page.xpath("//link[@rel='alternate'][@hreflang]")
		}
		assert named[language][language] == canonical and named[language]["x-default"] == named[language]["nl"]
	assert all(others == named["nl"] for others in named.values())


def test_two_languages_in_one_session_stay_apart(frappe_site):
	session, references = Session(), {}
	for _once in limits(fastest_seconds=0, per_address=[100_000, 600], per_form=[100_000, 600]):
		tabs = {language: FormClient(session, "help", language).open() for language in ("ar", "ti")}
		for client in tabs.values():
			client.post(question="سؤال ሕቶ")
		for language, client in tabs.items():
			assert f'<html lang="{language}"' in client.text and client.step == 1
			client.post(preferred_language=language, contact_how="I Will Come By", consent_to_store="1")
		for language, client in tabs.items():
			references[language] = client.post("send").reference
			assert f'<html lang="{language}"' in client.text
	frappe_site.db.rollback()
	for language, reference in references.items():
		stored = frappe_site.get_doc("Form Submission", {"reference": reference})
		assert stored.language == language
		assert frappe_site.db.get_value("Incoming Question", stored.reference_name, "preferred_language") == language


def test_languages_asked_for_at_the_same_time_are_never_mixed():
	titles = {language: page_of(Session(), f"/{language}/contact").findtext(".//h1") for language in LANGUAGES}
	assert len(set(titles.values())) == len(LANGUAGES)

	def ask(number: int) -> bool:
		language = LANGUAGES[number % len(LANGUAGES)]
		return page_of(Session(), f"/{language}/contact").findtext(".//h1") == titles[language]

	with ThreadPoolExecutor(6) as pool:
		assert all(pool.map(ask, range(66)))


HOSTILE = [
	"/xx/contact",
	"/nl/form/nothing",
	"/nl/form/help/extra",
	"/nl/%00",
	"/nl/..%2f..%2fetc%2fpasswd",
	"/nl/vacancies/%3Cscript%3Ealert(1)%3C/script%3E",
	"/nl/contact%0d%0aSet-Cookie:%20a=b",
	"/nl/" + "a" * 3000,
	"/ar/agenda/%E2%80%AE",
	"/sitemap.xml/x",
]


@pytest.mark.parametrize("address", HOSTILE, ids=lambda address: address[:30])
def test_hostile_addresses_find_nothing(guest, address):
	answer = guest.get(address, headers=HTML, allow_redirects=False)
	assert answer.status_code in (400, 404, 414), (address, answer.status_code)
	assert "Traceback" not in answer.text and "<script>alert" not in answer.text and "a=b" not in str(answer.headers)


@pytest.mark.parametrize(
	"question", ["event=<script>alert(1)</script>", "from=" + "x" * 500, "event[]=1", "lang=%00", "_lang=ar"]
)
def test_what_an_address_asks_is_taken_as_a_choice_or_not_at_all(guest, question):
	answer = guest.get(f"/nl/form/event?{question}", headers=HTML)
	assert answer.status_code == 200 and '<html lang="nl"' in answer.text and "<script>alert" not in answer.text


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code not in ("nl", "en")])
def test_consent_and_safety_in_a_form_stand_beside_the_dutch_while_unreviewed(guest, language):
	client = FormClient(guest, "help", language).open().post(question="?")
	page = html.fromstring(client.answer.content)
	(label,) = page.cssselect("label[for=f-consent_to_store]")
	(dutch,) = label.cssselect(".dutch[lang=nl][dir=ltr]")
	assert dutch.text_content() in FormClient(guest, "help", "nl").open().post(question="?").text
	assert page.cssselect("fieldset[data-when] legend .dutch[lang=nl]"), "the question whether calling is safe"


def test_a_reviewed_text_stands_alone(frappe_site, monkeypatch):
	from lsm_crm.public_site import reviewed

	text = "Call 112 when someone is in danger now. You can call without papers; the police or ambulance comes for everyone."
	for unreviewed, beside in (({"ti": frozenset((text,))}, True), ({"ti": frozenset()}, False)):
		monkeypatch.setattr(reviewed, "_unreviewed", lambda unreviewed=unreviewed: unreviewed)
		monkeypatch.setattr(frappe_site.local, "lang", "ti")
		assert ('class="dutch"' in reviewed.with_dutch(text)) is beside


def test_how_we_are_reached_is_what_the_settings_say(guest, frappe_site):
	settings = frappe_site.get_single("LSM Settings")
	before = settings.phone
	settings.phone = "+31 71 000 00 01"
	settings.save()
	frappe_site.db.commit()
	try:
		for path in ("", "contact", "privacy"):
			page = page_of(guest, f"/fa/{path}")
			links = page.cssselect("a[href='tel:+31710000001']")
			assert links and all(link.cssselect("bdi[dir=ltr]")[0].text == "+31 71 000 00 01" for link in links)
		assert structured(page_of(guest, "/fa/"))[0]["telephone"] == "+31710000001"
	finally:
		settings.reload()
		settings.phone = before
		settings.save()
		frappe_site.db.commit()
