"""The desk's buttons around volunteers, pressed in a browser: planning, paying, the certificate."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from lsm_crm.constants import TREASURER, VOLUNTEER_COORDINATOR
from tests.browser.desk import DeskForm

pytestmark = pytest.mark.browser
PERIOD = ("2034-05-01", "2034-05-07")


@pytest.fixture
def person(frappe_site):
	from lsm_crm.tests import factories

	frappe_site.db.rollback()
	doc = factories.make_active_volunteer(first_name="Almaz", date_of_birth="1990-01-01")
	factories.make_hours(doc.name, 20, "2025-03-05", role="Cook")
	frappe_site.db.commit()
	return doc


def press(page, label: str, group: str = "") -> None:
	"""A button above the form, or one in a group of buttons."""
	# A late answer draws the buttons anew, and so closes an open menu.
	page.wait_for_load_state("networkidle")
	page.wait_for_function("() => !frappe.request.ajax_count")
	head = page.locator(".page-container:visible .page-head")
	if group:
		head.locator(".inner-group-button button", has_text=group).click()
		head.locator(".inner-group-button .dropdown-item", has_text=label).click()
	else:
		head.get_by_role("button", name=label, exact=True).click()


def confirm(page) -> None:
	box = page.locator(".modal.show")
	box.locator(".btn-modal-primary").click()
	box.wait_for(state="hidden")


def download(page, act) -> tuple[str, bytes]:
	"""Name and content of the file that a button gives in a window of its own."""
	found = []
	page.context.on("page", lambda opened: opened.on("download", lambda file: found.append(file)))
	page.on("download", lambda file: found.append(file))
	act()
	for _turn in range(100):
		if found:
			return found[0].suggested_filename, Path(found[0].path()).read_bytes()
		page.wait_for_timeout(100)
	raise AssertionError("no file came")


def test_a_plan_changes_nothing_until_it_is_agreed(page_as, frappe_site, rows, nl, shoot, person):
	from lsm_crm.tests import factories

	shift = factories.make_shift(start=f"{PERIOD[0]} 18:00:00", places=1, title="Eetcafé te plannen")
	open_shift = factories.make_shift(start=f"{PERIOD[1]} 18:00:00", role="Tutor", places=30, title="Bijles te plannen")
	plan = factories.make("Shift Plan", from_date=PERIOD[0], to_date=PERIOD[1])
	frappe_site.db.commit()
	page = page_as(VOLUNTEER_COORDINATOR)
	DeskForm(page, nl, "Shift Plan", plan.name)
	press(page, nl("Make a Proposal"))
	page.wait_for_function("() => cur_frm.doc.state === 'Proposed' && !cur_frm.is_dirty()")
	shoot(page, "shift-plan")
	places, gaps = (page.locator(f".frappe-control[data-fieldname={table}] .grid-body") for table in ("places", "gaps"))
	chosen = rows("Shift Plan Place", {"parent": plan.name, "shift": shift.name}, ["volunteer_name", "reason"])
	assert len(chosen) == 1
	for text in ("01-05-2034 18:00", chosen[0].volunteer_name, chosen[0].reason):
		expect(places).to_contain_text(text)
	gap = rows("Shift Plan Gap", {"parent": plan.name, "shift": open_shift.name}, ["missing", "reason"])
	assert len(gap) == 1
	for text in ("07-05-2034 18:00", gap[0].reason):
		expect(gaps).to_contain_text(text)
	of_the_plan = {"shift": ("in", (shift.name, open_shift.name))}
	assert rows("Shift Place", of_the_plan) == []
	press(page, nl("Agree"))
	page.locator(".modal.show").wait_for()
	assert rows("Shift Place", of_the_plan) == []
	confirm(page)
	page.wait_for_function("() => cur_frm.doc.state === 'Agreed'")
	placed = rows("Shift Place", {"shift": shift.name}, ["state", "made_by"])
	assert [(row.state, row.made_by) for row in placed] == [("Taken", "Planner")]


def test_a_discarded_plan_places_nobody(page_as, frappe_site, rows, nl, person):
	from lsm_crm.tests import factories

	shift = factories.make_shift(start="2034-06-05 18:00:00", places=1)
	plan = factories.make("Shift Plan", from_date="2034-06-05", to_date="2034-06-06")
	frappe_site.db.commit()
	page = page_as(VOLUNTEER_COORDINATOR)
	DeskForm(page, nl, "Shift Plan", plan.name)
	press(page, nl("Make a Proposal"))
	page.wait_for_function("() => cur_frm.doc.state === 'Proposed' && !cur_frm.is_dirty()")
	press(page, nl("Discard"))
	page.wait_for_function("() => cur_frm.doc.state === 'Discarded'")
	assert rows("Shift Place", {"shift": shift.name}) == []


@pytest.fixture
def approved(frappe_site, person):
	"""An approved expense with an account to pay it to, and the foundation's own account."""
	from lsm_crm.tests import factories

	frappe_site.db.set_single_value(
		"Volunteer Settings", {"debtor_name": "Stichting LSM", "debtor_iban": "NL02ABNA0123456789"}
	)
	frappe_site.clear_document_cache("Volunteer Settings", "Volunteer Settings")
	factories.make("Volunteer Bank Account", volunteer=person.name, iban="NL91ABNA0417164300", account_holder="Almaz V")
	expense = factories.make(
		"Volunteer Expense",
		volunteer=person.name,
		amount=12.34,
		day="2025-03-05",
		kind="Compensation",
		description="Soep",
	)
	expense.workflow_state = "Approved"
	expense.save()
	frappe_site.db.commit()
	return expense


def test_the_treasurer_makes_the_files_and_marks_them_paid(page_as, rows, nl, shoot, approved, frappe_site):
	from frappe.utils import add_days, today

	page = page_as(TREASURER)
	page.goto("/app/volunteer-payment-run/new")
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'Volunteer Payment Run' && cur_frm.is_new()")
	page.evaluate("async day => { await cur_frm.set_value('pay_on', day); }", add_days(today(), 2))
	page.keyboard.press("Control+s")
	page.wait_for_function("() => !cur_frm.is_new() && !cur_frm.is_dirty()")
	name = page.evaluate("cur_frm.doc.name")
	assert approved.name in {row.expense for row in rows("Volunteer Payment Line", {"parent": name}, ["expense"])}
	press(page, nl("Make the File"))
	page.wait_for_function("() => cur_frm.doc.state === 'Made'")
	shoot(page, "payment-run")
	assert "€ 12,34" in page.locator(".page-container:visible .form-page").inner_text().replace("\xa0", " ")
	files = {}
	for label in ("SEPA File", "Spreadsheet"):
		files[label] = download(page, lambda label=label: press(page, nl(label), nl("Download")))
	assert files["SEPA File"][0] == f"{name}.xml" and files["Spreadsheet"][0] == f"{name}.xlsx"
	tree = etree.fromstring(files["SEPA File"][1])
	ends = tree.xpath("//*[local-name()='EndToEndId']/text()")
	assert approved.name in ends
	cells = [row[0].value for row in load_workbook(BytesIO(files["Spreadsheet"][1])).active.iter_rows()]
	assert approved.name in cells
	press(page, nl("The Bank Has Paid"))
	page.locator(".modal.show").wait_for()
	confirm(page)
	page.wait_for_function("() => cur_frm.doc.state === 'Paid'")
	assert rows("Volunteer Expense", {"name": approved.name}, ["workflow_state"])[0].workflow_state == "Paid"


def test_the_certificate_is_printed_from_the_volunteer(page_as, person, nl):
	page = page_as(VOLUNTEER_COORDINATOR)
	DeskForm(page, nl, "Volunteer", person.name)
	name, content = download(page, lambda: press(page, nl("Certificate of Hours")))
	assert name == f"{person.name}.pdf"
	text = PdfReader(BytesIO(content)).pages[0].extract_text()
	assert "Almaz" in text and "20 uur" in text


@pytest.mark.parametrize(
	("step", "state", "field"),
	[
		("Pause", "Paused", "pause_reason"),
		("Say Goodbye", "Left", "leaving_reason"),
		("Reject", "Rejected", "rejection_reason"),
	],
)
def test_a_step_that_needs_a_word_asks_for_it(page_as, person, rows, nl, frappe_site, step, state, field):
	from lsm_crm.tests import factories

	name = person.name
	if state == "Rejected":
		name = factories.make_volunteer(first_name="Hiwot").name
		frappe_site.db.commit()
	page = page_as(VOLUNTEER_COORDINATOR)
	form = DeskForm(page, nl, "Volunteer", name)
	assert not page.locator(f"[data-fieldname={field}]:visible").count()
	form.act(step).answer("Een woord vooraf", state=state)
	stored = rows("Volunteer", {"name": name}, ["workflow_state", field])[0]
	assert (stored.workflow_state, stored[field]) == (state, "Een woord vooraf")
