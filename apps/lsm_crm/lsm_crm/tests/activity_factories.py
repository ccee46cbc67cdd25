"""Made-up records for tests of catering and activities; each gives a saved document with the least it needs."""

from datetime import datetime, timedelta
from itertools import count

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, add_to_date, getdate, now_datetime

from lsm_crm.tests.factories import make, make_user

ROLES = {
	"coordinator": "LSM Coordinator",
	"kitchen": "LSM Kitchen",
	"deliverer": "LSM Deliverer",
	"treasurer": "LSM Treasurer",
	"lead": "LSM Activity Lead",
	"helper": "LSM Language Helper",
	"worker": "LSM Case Worker",
	"front": "LSM Front Office",
}


def user_of(key: str, number: int = 1) -> str:
	"""The name of a test user with that role."""
	return make_user(ROLES[key], email=f"{key}-{number}@example.org").name


def make_ingredient(name: str, *allergens: tuple[str, str | None], vegan: int = 1, **values):
	"""An ingredient; `allergens` are pairs."""
	if frappe.db.exists("Ingredient", name):
		frappe.delete_doc("Ingredient", name, force=True)
	rows = [{"allergen": a, "sub_type": s} for a, s in allergens]
	return make(
		"Ingredient",
		ingredient_name=name,
		dutch_name=name,
		allergens=rows,
		vegan=vegan,
		**{"recipe_unit": "g", **values},
	)


def make_dish(name: str, *ingredients: str, **values):
	"""A dish of 100 of each ingredient for ten portions."""
	if frappe.db.exists("Dish", name):
		frappe.delete_doc("Dish", name, force=True)
	rows = [{"ingredient": ingredient, "quantity": 100} for ingredient in ingredients]
	return make("Dish", **{"dish_name": name, "portions": 10, "price_per_portion": 5, "ingredients": rows, **values})


_days = count(10)


def order_values(**values) -> dict:
	"""A complete order; each on a day of its own, so that they do not fill the kitchen together."""
	return {
		"doctype": "Catering Order",
		"customer_kind": "Organisation",
		"customer_name": "Buurtvereniging Voorbeeld",
		"requester_name": "Sanne Voorbeeld",
		"requester_email": "sanne@example.org",
		"guests": 20,
		"delivery_date": add_days(getdate(), next(_days)),
		"window_from": "17:00:00",
		"window_to": "18:00:00",
		"handover": "Delivery",
		"address": "Voorbeeldstraat 1",
		"postcode": "2321 AA",
		"contact_name": "Sanne",
		"contact_phone": "+31 6 00000000",
		"dishes": [{"dish": "Hummus", "portions": 20}],
		"settlement": "Donation",
		**values,
	}


def make_order(**values):
	return frappe.get_doc(order_values(**values)).insert(ignore_permissions=True)


def make_event(**values):
	"""A draft event next week in a room that nothing else takes."""
	starts = values.pop("starts_on", None) or add_to_date(now_datetime().replace(microsecond=0), days=7)
	return make(
		"LSM Event",
		**{
			"title": "Evening about housing",
			"event_type": "Information evening",
			"lead": user_of("lead"),
			"starts_on": starts,
			"ends_on": add_to_date(starts, hours=2),
			"place_note": "Elsewhere",
			**values,
		},
	)


def published(event):
	event.workflow_state = "Published"
	return event.save(ignore_permissions=True)


def make_registration(event: str, **values):
	return make("Event Registration", **{"event": event, "person_name": "Sanne Voorbeeld", "places": 1, **values})


def make_child(**values):
	"""A child of eight at Kidsoase, whose parent agreed."""
	return make(
		"Kidsoase Child",
		**{
			"first_name": "Kind",
			"last_name": "Voorbeeld",
			"date_of_birth": add_to_date(getdate(), years=-8),
			"guardian_name": "Ouder Voorbeeld",
			"guardian_phone": "+31 6 00000000",
			"consent_given": 1,
			"consent_on": getdate(),
			**values,
		},
	)


def make_pupil(years: int = 14, **values):
	"""An active pupil of that age, whose parent agreed."""
	return make(
		"Pupil",
		**{
			"first_name": "Kind",
			"last_name": "Voorbeeld",
			"date_of_birth": add_to_date(getdate(), years=-years, days=-10),
			"guardian_name": "Ouder",
			"guardian_phone": "+31 6 00000000",
			"consent_given": 1,
			"consent_on": getdate(),
			"status": "Active",
			"subjects": [{"subject": "Mathematics"}],
			**values,
		},
	)


def make_open_day(lead: str, second: str, *children: str):
	"""A day of Kidsoase that goes on now, with these children on its list."""
	now = now_datetime().replace(microsecond=0)
	day = make(
		"Kidsoase Day",
		lead=lead,
		starts_on=now,
		ends_on=add_to_date(now, hours=2),
		adults=[{"user": lead}, {"user": second}],
		visits=[{"child": child} for child in children],
	)
	for state in ("Confirmed", "Open"):
		day.state = state
		day.save()
	return day


def make_confirmed_lesson(lead: str, second: str, pupils: int = 1):
	"""A lesson by video that began an hour ago, confirmed by two adults."""
	starts = add_to_date(now_datetime().replace(microsecond=0), hours=-1)
	group = make(
		"Tutoring Group",
		title="Group",
		subject="Mathematics",
		lead=lead,
		mode="Online",
		pupils=[{"pupil": make_pupil(first_name=f"Kind{number}").name} for number in range(pupils)],
	)
	return make(
		"Lesson",
		tutoring_group=group.name,
		mode="Online",
		starts_on=starts,
		ends_on=add_to_date(starts, hours=1),
		adults=[{"user": lead}, {"user": second, "task": "Second Adult"}],
		state="Confirmed",
	)


class ActivityCase(FrappeTestCase):
	"""Two leads and a coordinator, and moments of days to come."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.lead, cls.other_lead = user_of("lead"), user_of("lead", 2)
		cls.coordinator = user_of("coordinator")

	def tearDown(self):
		frappe.set_user("Administrator")

	def at(self, days: int, hour: int) -> datetime:
		return datetime.combine(add_days(getdate(), days), datetime.min.time()) + timedelta(hours=hour)
