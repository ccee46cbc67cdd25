"""The volunteers' own pages over HTTP: what one can do, what one sees of others, the calendar feed, the mail's link."""

from __future__ import annotations

import base64
import io
import re
import secrets

import pytest
from icalendar import Calendar
from pypdf import PdfReader

PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture(scope="module")
def people(frappe_site):
	"""Two active volunteers with accounts, a third without one, all cooks."""
	from frappe.utils.password import update_password

	from lsm_crm.tests import factories

	made = []
	for first_name in ("Selam", "Yonas", "Miriam"):
		doc = factories.make_volunteer(first_name=first_name, last_name="Geheimnaam", phone="+31600000001")
		doc.db_set("email_proven_on", "2026-01-01 10:00:00")
		doc.reload()
		doc = factories.take_on(doc)
		if doc.user:
			doc.password = secrets.token_urlsafe(16)
			update_password(doc.user, doc.password)
		made.append(doc)
	frappe_site.db.commit()
	yield made
	frappe_site.db.rollback()


@pytest.fixture(scope="module")
def shifts(frappe_site, people):
	from lsm_crm.services import shift_places
	from lsm_crm.tests import factories

	made = [factories.make_shift(start=f"2032-04-{day:02} 18:00:00", places=2) for day in range(5, 11)]
	shift_places.take(made[0].name, people[1].name)
	frappe_site.db.commit()
	return made


@pytest.fixture
def portal(guest, people):
	"""The first volunteer's session, with a way to press a button."""
	return log_in(guest, people[0])


def log_in(session, person):
	session.log_in(person.user, person.password)
	session.headers["Accept"] = "text/html"

	def press(address: str, follow: bool = True, files=None, **data):
		page = session.get("/portal/me", headers={"Accept": "text/html"})
		token = re.search(r'name="csrf_token" value="([^"]*)"', page.text)
		return session.post(
			address,
			data={**data, "csrf_token": token.group(1) if token else ""},
			files=files,
			headers={"Accept": "text/html"},
			allow_redirects=follow,
		)

	session.press = press
	return session


def test_guests_are_sent_to_the_login(guest):
	answer = guest.get("/portal", headers={"Accept": "text/html"}, allow_redirects=False)
	assert answer.status_code == 302
	assert answer.headers["Location"].startswith("/login")


def test_staff_without_a_volunteer_see_no_portal(as_role):
	answer = as_role("LSM Board").get("/portal", headers={"Accept": "text/html"})
	assert answer.status_code == 403


def test_every_page_opens(portal):
	for page in ("", "/shifts", "/hours", "/messages", "/agreements", "/me", "/certificate"):
		answer = portal.get("/portal" + page)
		assert answer.status_code == 200, (page, answer.text[:500])
		assert answer.headers["Cache-Control"] == "no-store"
		assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
	assert portal.get("/portal/nothing").status_code == 404


def test_take_see_first_names_and_give_back(portal, shifts, people, rows):
	answer = portal.press("/portal/shifts", action="take", shift=shifts[0].name)
	assert answer.status_code == 200, answer.text[:500]
	assert "Yonas" in answer.text
	for secret in ("Geheimnaam", people[1].name, people[1].email, "+31600000001", "Miriam"):
		assert secret not in answer.text, secret
	place = rows("Shift Place", {"shift": shifts[0].name, "volunteer": people[0].name, "state": "Taken"})
	assert len(place) == 1
	again = portal.press("/portal/shifts", action="take", shift=shifts[0].name)
	assert again.status_code == 422
	assert "already" in again.text
	portal.press("/portal", action="give_back", place=place[0].name)
	assert not rows("Shift Place", {"shift": shifts[0].name, "volunteer": people[0].name, "state": "Taken"})


def test_places_of_others_cannot_be_touched(portal, shifts, people, rows):
	theirs = rows("Shift Place", {"volunteer": people[1].name, "state": "Taken"})[0].name
	for action in ("give_back", "offer", "keep", "take_over"):
		answer = portal.press("/portal", action=action, place=theirs)
		assert answer.status_code == 422, action
	assert rows("Shift Place", {"name": theirs}, ["state"])[0].state == "Taken"


def test_swap_between_two_volunteers(portal, shifts, people, rows, frappe_site):
	from tests.support import Session

	portal.press("/portal/shifts", action="take", shift=shifts[2].name)
	mine = rows("Shift Place", {"shift": shifts[2].name, "volunteer": people[0].name, "state": "Taken"})[0].name
	assert portal.press("/portal", action="offer", place=mine).status_code == 200
	other = log_in(Session(), people[1])
	page = other.get("/portal/shifts").text
	assert mine in page
	assert "Selam" not in page
	assert other.press("/portal/shifts", action="take_over", place=mine).status_code == 200
	held = rows("Shift Place", {"shift": shifts[2].name, "state": "Taken"}, ["volunteer"])
	assert [place.volunteer for place in held] == [people[1].name]


def test_hours_and_costs(portal, people, rows):
	answer = portal.press(
		"/portal/hours", action="hours", day="2026-11-10", hours="2,5", role="Cook", description="Soup"
	)
	assert answer.status_code == 200, answer.text[:500]
	entry = rows("Hours Entry", {"volunteer": people[0].name}, ["hours", "state"])
	assert [(e.hours, e.state) for e in entry] == [(2.5, "Submitted")]
	wrong = portal.press("/portal/hours", action="hours", day="2026-11-10", hours="many", description="Soup kept")
	assert wrong.status_code == 422
	assert "Soup kept" in wrong.text
	photo = {"receipt": ("bus.png", base64.b64decode(PNG.partition(",")[2]), "image/png")}
	answer = portal.press(
		"/portal/hours", files=photo, action="expense", day="2026-11-10", amount="4,20", description="Bus"
	)
	assert answer.status_code == 200, answer.text[:800]
	expense = rows("Volunteer Expense", {"volunteer": people[0].name}, ["amount", "receipt", "workflow_state"])[0]
	assert (expense.amount, expense.workflow_state) == (4.2, "Submitted")
	assert expense.receipt.startswith("/private/files/")
	page = {"receipt": ("bus.png", b"<html><script>1</script>", "image/png")}
	answer = portal.press("/portal/hours", files=page, action="expense", day="2026-11-10", amount="1", description="X")
	assert answer.status_code == 422
	assert len(rows("Volunteer Expense", {"volunteer": people[0].name})) == 1


def test_own_data(portal, people, rows):
	answer = portal.press(
		"/portal/me",
		action="save",
		phone="+31612345678",
		preferred_language="en",
		availability=["Tuesday|Evening", "Someday|Never"],
		first_name="Hacker",
		workflow_state="Left",
		user="Administrator",
	)
	assert answer.status_code == 200, answer.text[:500]
	stored = rows("Volunteer", {"name": people[0].name}, ["first_name", "phone", "workflow_state", "user"])[0]
	assert (stored.first_name, stored.phone, stored.workflow_state) == ("Selam", "+31612345678", "Active")
	assert stored.user == people[0].user


def test_messages(portal, people, rows, frappe_site):
	from lsm_crm.tests import factories

	factories.make("Volunteer Message", volunteer=people[0].name, subject="Keys", body="The key is at <b>Matilo</b>")
	foreign = factories.make("Volunteer Message", volunteer=people[1].name, subject="Foreign", body="Not for you")
	frappe_site.db.commit()
	page = portal.get("/portal/messages").text
	assert "Keys" in page
	assert "&lt;b&gt;" in page
	assert "Foreign" not in page
	assert portal.press("/portal/messages", action="read", message=foreign.name).status_code == 422
	portal.press("/portal/messages", action="message", subject="Question", body="When?")
	assert (
		rows("Volunteer Message", {"volunteer": people[0].name, "from_volunteer": 1}, ["subject"])[0].subject
		== "Question"
	)


def test_signing_an_agreement(portal, people, rows, frappe_site):
	from lsm_crm.services import agreements
	from lsm_crm.tests import factories

	made = []
	for person in people[:2]:
		doc = factories.make("Volunteer Agreement", volunteer=person.name, template="Volunteer agreement", role="Cook")
		agreements.send(doc)
		made.append(doc.name)
	frappe_site.db.commit()
	page = portal.get(f"/portal/agreements/{made[0]}").text
	assert 'lang="nl"' in page and 'lang="en"' in page
	assert "Vrijwilligersovereenkomst" in page and "Volunteer agreement" in page
	assert portal.get(f"/portal/agreements/{made[1]}").status_code == 404
	foreign = portal.press(f"/portal/agreements/{made[0]}", action="sign", agreement=made[1], drawing=PNG)
	assert foreign.status_code == 422
	bad = portal.press(
		f"/portal/agreements/{made[0]}", action="sign", agreement=made[0], drawing="data:text/html;base64,PGI+"
	)
	assert bad.status_code == 422
	good = portal.press(f"/portal/agreements/{made[0]}", action="sign", agreement=made[0], drawing=PNG)
	assert good.status_code == 200, good.text[:500]
	stored = rows("Volunteer Agreement", {"name": made[0]}, ["state", "signed_how", "text_digest"])[0]
	assert (stored.state, stored.signed_how) == ("Signed", "Drawn")
	assert len(stored.text_digest) == 64
	item = rows("Screening Item", {"agreement": made[0]}, ["requirement", "result"])[0]
	assert (item.requirement, item.result) == ("Agreement", "Approved")


def test_signing_by_upload(portal, people, rows, frappe_site):
	from lsm_crm.services import agreements
	from lsm_crm.tests import factories

	doc = factories.make(
		"Volunteer Agreement", volunteer=people[0].name, template="Confidentiality statement", role="Cook"
	)
	agreements.send(doc)
	frappe_site.db.commit()
	address = f"/portal/agreements/{doc.name}"
	page = {"signed_file": ("paper.png", b"<svg onload='1'>", "image/png")}
	refused = portal.press(address, files=page, action="sign", agreement=doc.name)
	assert refused.status_code == 422
	assert rows("Volunteer Agreement", {"name": doc.name}, ["state"])[0].state == "Sent"
	photo = {"signed_file": ("paper.png", base64.b64decode(PNG.partition(",")[2]), "image/png")}
	answer = portal.press(address, files=photo, action="sign", agreement=doc.name)
	assert answer.status_code == 200, answer.text[:500]
	stored = rows("Volunteer Agreement", {"name": doc.name}, ["state", "signed_how", "signed_file"])[0]
	assert (stored.state, stored.signed_how) == ("Signed", "Uploaded")
	file = rows("File", {"attached_to_name": doc.name}, ["is_private", "file_url"])[0]
	assert (file.is_private, file.file_url) == (1, stored.signed_file)
	assert rows("Screening Item", {"agreement": doc.name}, ["requirement", "result"]) == [
		{"requirement": "Confidentiality Statement", "result": "Approved"}
	]


def test_the_certificate_as_pdf(portal, people, frappe_site, guest):
	from lsm_crm.tests import factories
	from tests.support import Session

	factories.make_hours(people[0].name, 3, "2025-03-05", role="Cook")
	frappe_site.db.commit()
	answer = portal.get("/portal/certificate.pdf")
	assert answer.status_code == 200
	assert answer.headers["Content-Type"] == "application/pdf"
	assert answer.headers["Cache-Control"] == "no-store"
	text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
	assert people[0].full_name in text and "3 uur" in text
	stranger = Session().get("/portal/certificate.pdf", headers={"Accept": "text/html"}, allow_redirects=False)
	assert stranger.status_code == 302


def test_logging_out_ends_the_session(people):
	from tests.support import Session

	person = log_in(Session(), people[0])
	forged = person.post("/portal", data={"action": "log_out", "csrf_token": "wrong"}, allow_redirects=False)
	assert forged.status_code in (303, 400, 403)
	assert person.get("/portal", allow_redirects=False).status_code == 200
	answer = person.press("/portal", follow=False, action="log_out")
	assert (answer.status_code, answer.headers["Location"]) == (303, "/en/")
	assert answer.headers["Clear-Site-Data"] == '"storage"'
	assert person.get("/portal", allow_redirects=False).headers["Location"].startswith("/login")


def test_calendar_feed_by_its_address_alone(portal, guest, people, shifts, rows):
	from tests.support import Session

	portal.press("/portal/shifts", action="take", shift=shifts[4].name)
	page = portal.press("/portal/me", action="feed").text
	path = re.search(r"/volunteer-calendar/[\w-]+\.ics", page).group(0)
	reader = Session()
	answer = reader.get(path, headers={"Accept": "*/*"})
	assert answer.status_code == 200
	calendar = Calendar.from_ical(answer.content)
	events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
	mine = rows("Shift Place", {"volunteer": people[0].name, "state": "Taken"}, ["name", "starts_at"])
	for place in mine:
		event = next(event for uid, event in events.items() if uid.startswith(place.name))
		assert event["dtstart"].dt.replace(tzinfo=None) == place.starts_at
	assert "Yonas" not in answer.text
	portal.press("/portal/me", action="feed")
	assert reader.get(path, headers={"Accept": "*/*"}).status_code == 404
	stored = rows("Volunteer", {"name": people[0].name}, ["calendar_hash"])[0].calendar_hash
	assert stored not in page


def test_a_forged_form_is_refused(portal, shifts, rows, people):
	for token in ("wrong", "خطأ"):
		data = {"action": "take", "shift": shifts[5].name, "csrf_token": token}
		assert portal.post("/portal/shifts", data=data).status_code in (400, 403)
	assert not rows("Shift Place", {"shift": shifts[5].name, "volunteer": people[0].name})


def test_opening_the_mails_link_changes_nothing(guest, rows, frappe_site):
	from lsm_crm.services import volunteer_registration
	from lsm_crm.tests import factories

	person = factories.make_volunteer()
	secret = secrets.token_urlsafe(32)
	person.db_set({"proof_hash": volunteer_registration._hash(secret), "proof_expires": "2099-01-01 00:00:00"})
	frappe_site.db.commit()
	address = f"/volunteer/confirm/{secret}"
	for _scan in range(2):
		assert guest.get(address, headers={"Accept": "text/html"}).status_code == 200
	assert not rows("Volunteer", {"name": person.name}, ["email_proven_on"])[0].email_proven_on
	answer = guest.post(address, headers={"Accept": "text/html"})
	assert answer.status_code == 200, answer.text[:300]
	assert rows("Volunteer", {"name": person.name}, ["email_proven_on"])[0].email_proven_on
	assert guest.post(address, headers={"Accept": "text/html"}).status_code == 410
	assert guest.get("/volunteer/confirm/" + "x" * 43, headers={"Accept": "text/html"}).status_code == 410


def test_leaving_closes_the_account(people, rows, frappe_site):
	from tests.support import Session

	elsewhere, leaver = log_in(Session(), people[2]), log_in(Session(), people[2])
	assert leaver.press("/portal/me", action="leave").status_code == 422
	answer = leaver.press("/portal/me", action="leave", sure="1", reason="Moving", follow=False)
	assert answer.status_code == 303, answer.text[:2000]
	stored = rows("Volunteer", {"name": people[2].name}, ["workflow_state", "leaving_reason"])[0]
	assert (stored.workflow_state, stored.leaving_reason) == ("Left", "Moving")
	assert rows("User", {"name": people[2].user}, ["enabled"])[0].enabled == 0
	for session in (elsewhere, leaver):
		assert session.get("/portal", allow_redirects=False).headers["Location"].startswith("/login")
