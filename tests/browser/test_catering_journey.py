"""Catering from order to delivery, as its people walk it in a browser: what the page shows and what is stored."""

from __future__ import annotations

from lsm_crm.constants import COORDINATOR, DELIVERER, KITCHEN
from tests.browser.desk import DeskForm, open_client_is_refused


def test_an_order_from_request_to_delivered(page_as, as_role, account_of, rows, nl, shoot):
	order = new_order(as_role(COORDINATOR), account_of(DELIVERER)["user"])
	desk = DeskForm(page_as(COORDINATOR), nl, "Catering Order", order)
	desk.act("Confirm", "Confirmed")
	shoot(desk.page, "order")

	kitchen = page_as(KITCHEN)
	kitchen.goto("/app/catering-order")
	kitchen.locator(".list-row, .kanban-card", has_text=order).first.wait_for()
	shoot(kitchen, "kitchen")
	DeskForm(kitchen, nl, "Catering Order", order).act("Start Cooking", "In Kitchen").act("Mark Ready", "Ready")

	van = page_as(DELIVERER, width=390)
	form = DeskForm(van, nl, "Catering Order", order)
	form.act("Set Off", "On the Way")
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
