"""Catering from order to delivery, as its people walk it in a browser: what the page shows and what is stored."""

from __future__ import annotations

import re

import pytest

from lsm_crm.constants import COORDINATOR, DELIVERER, KITCHEN


@pytest.fixture
def nl(frappe_site):
	"""A source text as the sample users read it."""
	return lambda text, *values: frappe_site._(text, lang="nl").format(*values)


@pytest.fixture
def shoot(request):
	"""`shoot(page, "name")` keeps a screenshot when the run was started with `--shots FOLDER`."""
	folder = request.config.getoption("--shots")

	def shot(page, name: str) -> None:
		if folder:
			page.wait_for_timeout(800)
			page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png")

	return shot


class Form:
	"""A document open in the desk."""

	def __init__(self, page, nl, doctype: str, name: str):
		self.page, self.nl, self.doctype, self.name = page, nl, doctype, name
		page.goto(f"/app/{doctype.lower().replace(' ', '-')}/{name}")
		page.wait_for_function("name => window.cur_frm && cur_frm.doc.name === name && !cur_frm.is_new()", arg=name)

	def fill(self, **values) -> Form:
		self.page.evaluate("async values => { await cur_frm.set_value(values); }", values)
		return self

	def save(self) -> Form:
		self.page.keyboard.press("Control+s")
		self.page.wait_for_function("() => !cur_frm.is_dirty() && !document.body.classList.contains('freeze')")
		return self

	def act(self, action: str, state: str | None = None) -> Form:
		"""Take a step with the menu; waits for the state when one is expected."""
		menu = self.page.locator(".page-container:visible .actions-btn-group")
		menu.locator("button").first.click()
		menu.locator(".dropdown-item", has_text=re.compile(rf"^\s*{re.escape(self.nl(action))}\s*$")).first.click()
		if state:
			self.page.wait_for_function("state => cur_frm.doc.workflow_state === state", arg=state)
			self.page.locator(".page-container:visible .indicator-pill", has_text=self.nl(state)).first.wait_for()
		return self

	def refused(self, *sentences: str) -> Form:
		box = self.page.locator(".modal.show .msgprint")
		box.wait_for()
		text = box.inner_text()
		for sentence in sentences:
			assert sentence in text, text
		# A box that is still fading in does not hear the key.
		self.page.wait_for_function("() => !$('.modal.show').data('bs.modal')._isTransitioning")
		self.page.keyboard.press("Escape")
		self.page.locator(".modal.show").wait_for(state="hidden")
		self.page.evaluate("cur_frm.reload_doc()")
		self.page.wait_for_function("() => !cur_frm.is_dirty()")
		return self


def open_client_is_refused(page, rows) -> None:
	client = rows("Client", {"last_name": ("is", "set")}, ["name", "full_name"])[0]
	page.goto(f"/app/client/{client.name}")
	page.wait_for_function(
		"() => window.frappe && frappe.boot && document.querySelector('.page-body, .msgprint, .message-page')"
	)
	page.wait_for_timeout(1500)
	assert client.full_name not in page.locator("body").inner_text()
	answer = page.request.get(f"/api/resource/Client/{client.name}")
	assert answer.status in (403, 404) and client.full_name not in answer.text()


@pytest.mark.unsteady
def test_an_order_from_request_to_delivered(page_as, as_role, account_of, rows, nl, shoot):
	order = new_order(as_role(COORDINATOR), account_of(DELIVERER)["user"])
	desk = Form(page_as(COORDINATOR), nl, "Catering Order", order)
	desk.act("Confirm", "Confirmed")
	shoot(desk.page, "order")

	kitchen = page_as(KITCHEN)
	kitchen.goto("/app/catering-order")
	kitchen.locator(".list-row, .kanban-card", has_text=order).first.wait_for()
	shoot(kitchen, "kitchen")
	Form(kitchen, nl, "Catering Order", order).act("Start Cooking", "In Kitchen").act("Mark Ready", "Ready")

	van = page_as(DELIVERER, width=390)
	form = Form(van, nl, "Catering Order", order)
	form.act("Set Off", "On the Way")
	form.act("Deliver")
	form.refused(nl("Who took it? Write the name."))
	form.fill(received_by="Conciërge").save().act("Deliver", "Delivered")
	shoot(van, "delivered")
	stored = rows("Catering Order", {"name": order}, ["workflow_state", "received_by", "deliverer", "delivered_on"])[0]
	assert stored.workflow_state == "Delivered" and stored.received_by == "Conciërge" and stored.delivered_on
	assert stored.deliverer == account_of(DELIVERER)["user"]
	for page in (kitchen, van):
		open_client_is_refused(page, rows)


def new_order(session, deliverer: str) -> str:
	from frappe.utils import add_days, nowdate

	values = {
		"customer_kind": "Organisation",
		"organisation": "Inluzio",
		"guests": 10,
		"requester_name": "Journey",
		"requester_phone": "+31600009999",
		"delivery_date": add_days(nowdate(), 1),
		"window_from": "16:00:00",
		"window_to": "18:00:00",
		"handover": "Delivery",
		"address": "Voorbeeldstraat 1",
		"contact_name": "Journey",
		"contact_phone": "+31600009999",
		"dishes": [{"dish": "Lentil Soup", "portions": 10}],
		"short_notice_accepted": 1,
		"over_capacity_accepted": 1,
		"deliverer": deliverer,
	}
	answer = session.post("/api/resource/Catering Order", json=values)
	assert answer.status_code == 200, answer.text[:500]
	return answer.json()["data"]["name"]
