"""Public forms over HTTP, without JavaScript: nothing is lost, nothing is stored twice, nothing hostile gets in."""

import re
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.http.public_form_client import FormClient, limits
from tests.support import Session

LANGUAGES = ("nl", "en", "ar", "fr", "es", "zh", "fa", "tr", "am", "ru", "ti")
PAGES = ("", "activities", "agenda", "vacancies", "contact", "privacy", "accessibility")


@pytest.fixture(scope="module", autouse=True)
def quick_forms():
	"""Lets forms be sent at once and often; what the limits do is tested apart."""
	yield from limits(fastest_seconds=0, per_address=[100_000, 600], per_form=[100_000, 600])


@pytest.fixture
def strict_limits(frappe_site):
	"""Two sendings in a window that does not end during the test, counted from nothing."""
	frappe_site.cache.delete_keys("lsm_form_limit:")
	yield from limits(fastest_seconds=0, per_address=[2, 10**8], per_form=[100_000, 600])
	frappe_site.cache.delete_keys("lsm_form_limit:")


def address() -> str:
	return f"{uuid.uuid4().hex[:12]}@example.org"


def stored(frappe_site, email: str) -> list:
	frappe_site.db.rollback()
	return frappe_site.get_all("Volunteer", {"email": email}, pluck="name")


def test_a_registration_is_stored_with_everything_typed(guest, frappe_site):
	email = address()
	client = FormClient(guest, "volunteer", "ti").fill_volunteer(email).post("send")
	assert client.answer.status_code == 200
	frappe_site.db.rollback()  # see what the web processes committed
	submission = frappe_site.get_doc("Form Submission", {"reference": client.reference})
	volunteer = frappe_site.get_doc("Volunteer", submission.reference_name)
	assert volunteer.email == email and volunteer.last_name == "ተስፋይ" and volunteer.workflow_state == "Applied"
	assert [row.role for row in volunteer.roles] == ["Cook", "Translator"]
	assert [(row.language, row.speaking, row.reading) for row in volunteer.languages] == [
		("ti", "Mother Tongue", "Good")
	]
	assert {(r.weekday, r.day_part) for r in volunteer.availability} == {("Monday", "Morning"), ("Friday", "Evening")}
	assert [row.area for row in volunteer.areas] == ["Merenwijk"]


def test_a_bad_address_is_refused_beside_the_field_and_nothing_is_lost(guest):
	client = FormClient(guest, "volunteer").open()
	client.post(first_name="Åsa <b>", last_name="O'Neil", email="geen adres", preferred_language="nl")
	assert client.answer.status_code == 422 and client.errors == ["email"]
	assert "Åsa &lt;b&gt;" in client.text and "O&#39;Neil" in client.text and 'value="geen adres"' in client.text
	assert 'aria-invalid="true"' in client.text and 'href="#f-email"' in client.text


def test_one_token_makes_one_record_even_when_sent_at_once(frappe_site):
	for _round in range(5):
		email = address()
		client = FormClient(Session(), "volunteer").fill_volunteer(email)
		hidden, barrier = client.hidden, threading.Barrier(4)

		def send(_number, hidden=hidden, barrier=barrier):
			other = FormClient(Session(), "volunteer")
			barrier.wait(10)
			return other.post("send", hidden=hidden)

		with ThreadPoolExecutor(4) as pool:
			answers = list(pool.map(send, range(4)))
		assert {answer.answer.status_code for answer in answers} == {200}
		assert len({answer.reference for answer in answers}) == 1
		assert len(stored(frappe_site, email)) == 1


def test_the_same_address_may_register_twice(guest, frappe_site):
	email = address()
	for _number in range(2):
		FormClient(guest, "volunteer").fill_volunteer(email).post("send")
	assert len(stored(frappe_site, email)) == 2


def test_many_at_once_are_all_stored_once(frappe_site, request):
	emails = [address() for _number in range(50 if request.config.getoption("--audit") else 12)]

	def register(email):
		client = FormClient(Session(), "volunteer").fill_volunteer(email).post("send")
		return client.answer.status_code, client.answer.elapsed.total_seconds()

	with ThreadPoolExecutor(len(emails)) as pool:
		answers = list(pool.map(register, emails))
	assert {status for status, _seconds in answers} == {200}
	assert all(len(stored(frappe_site, email)) == 1 for email in emails)


def test_going_back_and_changing_keeps_the_other_answers(guest):
	client = FormClient(guest, "volunteer").fill_volunteer(address())
	client.post("goto:1")
	assert client.step == 1 and 'value="Cook" checked' in client.text
	client.post("back", roles=["Tutor"], skills="lezen")
	assert client.step == 0 and 'value="Saba"' in client.text
	client.post("goto:5", first_name="Saba", email="x@example.org", preferred_language="ti")
	assert "lezen" in client.text


def test_a_change_of_language_keeps_what_is_typed(guest):
	client = FormClient(guest, "volunteer", "ar").open()
	assert '<html lang="ar" dir="rtl">' in client.text
	client.address = "/ti/form/volunteer"
	client.post("stay", first_name="ሳባ")
	assert (
		client.answer.status_code == 200 and 'value="ሳባ"' in client.text and '<html lang="ti" dir="ltr">' in client.text
	)


def test_groups_are_added_and_removed(guest):
	client = FormClient(guest, "volunteer").open()
	client.post(first_name="A", email="a@example.org", preferred_language="nl")
	client.post(roles=["Cook"])
	client.post("add:languages", **{"languages-0-language": "ti"})
	assert 'name="f-languages-1-language"' in client.text
	client.post("remove:languages:0", **{"languages-0-language": "ti", "languages-1-language": "nl"})
	assert 'value="nl" selected' in client.text and 'name="f-languages-1-language"' not in client.text
	client.post(**{"languages-0-language": "nl", "languages-1-language": "nl"})
	assert client.errors == ["languages"]


def test_a_limit_keeps_what_was_typed_and_tells_the_wait(strict_limits, frappe_site):
	emails = [address() for _number in range(3)]
	sent = [FormClient(Session(), "research").open() for _email in emails]
	for client, email in zip(sent, emails, strict=True):
		client.post(title="Onderzoek", route="Thesis", question="Wie?")
		client.post(researcher_name="R", institution="U", email=email)
		client.post("send")
	assert [client.answer.status_code for client in sent] == [200, 200, 429]
	assert emails[2] in sent[2].text and re.search(r"over \d+ minuten", sent[2].text) and sent[2].hidden["draft"]
	assert sent[2].answer.headers["Retry-After"]


def test_the_trap_field_stops_programs_and_loses_nothing(guest, frappe_site):
	email = address()
	client = FormClient(guest, "volunteer").fill_volunteer(email)
	client.post("send", website="https://spam.example")
	assert client.answer.status_code == 422 and not stored(frappe_site, email)
	assert client.post("send").answer.status_code == 200


def test_another_sites_page_can_not_send(guest, frappe_site):
	email = address()
	client = FormClient(guest, "volunteer").fill_volunteer(email)
	client.headers = {"Origin": "https://evil.example"}
	assert client.post("send").answer.status_code == 403 and not stored(frappe_site, email)


HOSTILE = [
	{"draft": "x"},
	{"draft": "gAAAAA" + "A" * 400},
	{"step": "-1"},
	{"step": "9" * 30},
	{"step": "¼"},
	{"action": "goto:99999999"},
	{"action": "remove:languages:99"},
	{"action": "add:__class__"},
	{"action": "drop:first_name"},
	{"f-first_name": "A" * 200_000},
	{"f-first_name": "\x00\x1b[31m\u202e"},
	{"f-preferred_language": "Administrator"},
	{"f-workflow_state": "Active", "f-user": "Administrator", "f-owner": "x", "f-docstatus": "2"},
	{"cmd": "frappe.client.get_list"},
	{"f-first_name": "{{ 7*7 }}", "f-last_name": "<script>alert(1)</script>"},
]


@pytest.mark.parametrize("fields", HOSTILE, ids=[str(list(f))[:40] for f in HOSTILE])
def test_hostile_input_gives_a_page_or_a_refusal_and_never_a_trace(guest, fields):
	client = FormClient(guest, "volunteer").open()
	data = {**client.hidden, "action": "next", **fields}
	answer = guest.post(client.address, data=data, headers={"Accept": "text/html"})
	assert answer.status_code in (200, 403, 404, 413, 422), answer.status_code
	assert "Traceback" not in answer.text and "<script>alert" not in answer.text and ">49<" not in answer.text


def test_only_the_forms_own_fields_are_stored(guest, frappe_site):
	email = address()
	client = FormClient(guest, "volunteer").open()
	extra = {"workflow_state": "Active", "user": "Administrator", "email_proven_on": "2020-01-01 00:00:00"}
	client.post(first_name="A", email=email, preferred_language="nl", **extra)
	client.post(roles=["Cook"], **extra)
	client.post(**{"languages-0-language": "nl", "languages-0-name": "x"})
	client.post(), client.post(consent_to_store="1")
	client.post("send", **extra)
	(name,) = stored(frappe_site, email)
	row = frappe_site.db.get_value("Volunteer", name, ["workflow_state", "user", "email_proven_on"], as_dict=True)
	assert (row.workflow_state, row.user, row.email_proven_on) == ("Applied", None, None)


def test_a_photo_is_kept_encrypted_and_becomes_a_private_file(guest, frappe_site):
	png = bytes.fromhex(
		"89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
		"0000000049454e44ae426082"
	)
	client = FormClient(guest, "help").open()
	client.post(files={"f-document": ("brief.png", png, "image/png")}, question="Wat staat hier?")
	assert client.answer.status_code == 200, client.errors
	frappe_site.db.rollback()
	content = frappe_site.get_all("Form Upload", pluck="content", order_by="creation desc", limit=1)[0]
	assert "PNG" not in content
	client.post(contact_name="Saba", preferred_language="ti", contact_how="I Will Come By", consent_to_store="1")
	assert "brief.png" in client.text
	client.post("send")
	assert client.answer.status_code == 200, client.text[:3000]
	frappe_site.db.rollback()
	name = frappe_site.db.get_value("Form Submission", {"reference": client.reference}, "reference_name")
	file = frappe_site.get_doc("File", {"attached_to_doctype": "Incoming Question", "attached_to_name": name})
	assert file.is_private and "brief" not in file.file_name


def test_a_file_that_is_no_photo_or_pdf_is_refused(guest):
	client = FormClient(guest, "help").open()
	client.post(files={"f-document": ("x.png", b"<svg onload=alert(1)>", "image/png")}, question="x")
	assert client.answer.status_code == 422 and client.errors == ["document"]


def test_how_to_be_reached_and_safely_is_asked(guest):
	client = FormClient(guest, "help").open().post(question="Hulp")
	client.post(preferred_language="nl", contact_how="Call Me", consent_to_store="1")
	assert set(client.errors) == {"contact_phone", "safe_to_contact"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_in_each_language(guest, language):
	for path in PAGES:
		answer = guest.get(f"/{language}/{path}", headers={"Accept": "text/html"})
		assert answer.status_code == 200
		assert f'<html lang="{language}"' in answer.text and answer.text.count('hreflang="') >= 12
		policy = answer.headers["Content-Security-Policy"]
		assert (
			"unsafe" not in policy
			and "<style" not in answer.text
			and not re.search(r"<script(?! src| type)", answer.text)
		)
	assert len(answer.content) < 40_000


def test_the_first_page_sends_to_the_readers_language_and_keeps_the_choice(guest):
	answer = guest.get("/", headers={"Accept-Language": "ti,en;q=0.5"}, allow_redirects=False)
	assert answer.status_code == 302 and answer.headers["Location"].endswith("/ti/")
	guest.get("/fa/")
	answer = guest.get("/", headers={"Accept-Language": "ti"}, allow_redirects=False)
	assert answer.headers["Location"].endswith("/fa/")


def test_sitemap_feed_and_robots(guest):
	assert guest.get("/sitemap.xml").text.count("<loc>") >= 11 * len(PAGES)
	feed = guest.get("/agenda.ics")
	assert feed.headers["Content-Type"].startswith("text/calendar") and feed.text.endswith("END:VCALENDAR\r\n")
	assert "Sitemap:" in guest.get("/robots.txt").text


def test_the_frameworks_own_form_page_is_replaced(guest):
	answer = guest.get("/volunteer/new", allow_redirects=False)
	assert answer.status_code == 302 and "/form/volunteer" in answer.headers["Location"]


def test_proofreaders_alone_propose_texts_and_the_coordinator_sees_them(guest, as_role, frappe_site):
	answer = guest.get("/proofread/fr", allow_redirects=False)
	assert answer.status_code == 302 and "/login" in answer.headers["Location"]
	assert as_role("LSM Kitchen").get("/proofread/fr", headers={"Accept": "text/html"}).status_code == 403
	helper = as_role("LSM Language Helper")
	page = helper.get("/proofread/fr", headers={"Accept": "text/html"})
	assert page.status_code == 200, page.text[:500]
	key, text = re.search(r'name="text-(\w+)"[^>]*>([^<]+)</textarea>', page.text).groups()
	token = re.search(r'name="csrf_token" value="([^"]*)"', page.text).group(1)
	data = {"csrf_token": token, f"text-{key}": text + " !", "text-0000": "x"}
	assert helper.post("/proofread/fr", data=data, headers={"Accept": "text/html"}).status_code == 200
	frappe_site.db.rollback()
	assert frappe_site.db.get_value("Text Correction", {"language": "fr", "key": key}, "status") == "Proposed"
