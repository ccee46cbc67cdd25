import frappe
from frappe.model.workflow import apply_workflow
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, getdate

from lsm_crm.exceptions import ReadOnlyStateError, TransitionError
from lsm_crm.services import invoices
from lsm_crm.tests.activity_factories import make_dish, make_ingredient, make_order, order_values, user_of


class CateringCase(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		for key in ("coordinator", "kitchen", "deliverer", "treasurer", "lead"):
			setattr(cls, key, user_of(key))
		cls.other_deliverer = user_of("deliverer", 2)
		make_ingredient("Test Chickpeas")
		make_ingredient("Test Walnuts", ("Nuts", "Walnuts"))
		make_ingredient("Test Cheese", ("Milk", None), vegan=0, vegetarian=1)
		make_dish("Test Hummus", "Test Chickpeas")
		make_dish("Test Nut Loaf", "Test Chickpeas", "Test Walnuts")
		make_dish("Test Cheese Pie", "Test Cheese")

	def tearDown(self):
		frappe.set_user("Administrator")

	def order(self, **values):
		return make_order(**{"dishes": [{"dish": "Test Hummus", "portions": 20}], **values})

	def step(self, user: str, order, action: str, **values):
		frappe.set_user(user)
		doc = frappe.get_doc("Catering Order", order.name)
		doc.update(values)
		if values:
			doc.save()
		return apply_workflow(doc, action)

	def until(self, state: str, **values):
		"""An order in that state, brought there by the right people."""
		order = self.order(**values)
		steps = (
			("Confirmed", self.coordinator, "Confirm", {"deliverer": self.deliverer}),
			("In Kitchen", self.kitchen, "Start Cooking", {}),
			("Ready", self.kitchen, "Mark Ready", {}),
			("On the Way", self.deliverer, "Set Off", {}),
			("Delivered", self.deliverer, "Deliver", {"received_by": "Sanne"}),
		)
		for name, user, action, changes in steps:
			if order.workflow_state == state:
				break
			order = self.step(user, order, action, **changes)
			self.assertEqual(order.workflow_state, name)
		frappe.set_user("Administrator")
		return order


class TestOrderPath(CateringCase):
	def test_from_request_to_settled(self):
		order = self.until("Delivered")
		self.assertTrue(order.delivered_on and order.set_off_on)
		self.step(self.treasurer, order, "Settle", donation_amount=50)
		self.assertEqual(frappe.db.get_value("Catering Order", order.name, "workflow_state"), "Settled")

	def test_each_step_belongs_to_a_role(self):
		order = self.order()
		for user in (self.kitchen, self.treasurer, self.deliverer, self.lead):
			with self.assertRaises((frappe.ValidationError, frappe.PermissionError)):
				self.step(user, order, "Confirm")
		order = self.until("Confirmed")
		for user in (self.coordinator, self.deliverer, self.treasurer):
			with self.assertRaises((frappe.ValidationError, frappe.PermissionError)):
				self.step(user, order, "Start Cooking")

	def test_only_own_deliverer_delivers(self):
		order = self.until("On the Way")
		with self.assertRaises((TransitionError, frappe.PermissionError)):
			self.step(self.other_deliverer, order, "Deliver")

	def test_delivered_needs_a_name(self):
		order = self.until("On the Way")
		with self.assertRaisesRegex(TransitionError, "Who took it"):
			self.step(self.deliverer, order, "Deliver")

	def test_confirming_says_what_is_missing(self):
		order = self.order(address=None, contact_phone=None)
		with self.assertRaisesRegex(TransitionError, "(?s)Where must it be delivered.*Which number"):
			self.step(self.coordinator, order, "Confirm")

	def test_cancelled_only_before_the_kitchen(self):
		order = self.until("In Kitchen")
		with self.assertRaises((frappe.ValidationError, frappe.PermissionError)):
			self.step(self.coordinator, order, "Cancel")
		order = self.until("Confirmed")
		with self.assertRaisesRegex(TransitionError, "Say why"):
			self.step(self.coordinator, order, "Cancel")
		self.assertEqual(
			self.step(self.coordinator, order, "Cancel", cancel_reason="Feast is off").workflow_state, "Cancelled"
		)

	def test_state_cannot_be_typed_in(self):
		with self.assertRaises(frappe.ValidationError):
			self.order(workflow_state="Delivered")
		order = self.order()
		frappe.set_user(self.coordinator)
		order = frappe.get_doc("Catering Order", order.name)
		order.workflow_state = "Settled"
		with self.assertRaises((frappe.ValidationError, frappe.PermissionError)):
			order.save()

	def test_settling_without_money_is_refused(self):
		order = self.until("Delivered")
		with self.assertRaisesRegex(TransitionError, "How much was given"):
			self.step(self.treasurer, order, "Settle")

	def test_venue_orders_are_handed_over(self):
		order = self.until("Ready", handover="At Our Venue", venue="Vogelvlucht")
		with self.assertRaisesRegex(TransitionError, "not delivered"):
			self.step(self.deliverer, order, "Set Off")
		self.assertEqual(self.step(self.kitchen, order, "Hand Over", received_by="Sanne").workflow_state, "Delivered")


class TestEditing(CateringCase):
	def test_kitchen_changes_its_note_and_not_the_address(self):
		order = self.until("In Kitchen")
		frappe.set_user(self.kitchen)
		doc = frappe.get_doc("Catering Order", order.name)
		doc.kitchen_note = "Two trays"
		doc.save()
		doc.address = "Elsewhere 2"
		with self.assertRaisesRegex(ReadOnlyStateError, "Address"):
			doc.save()

	def test_program_fields_are_not_taken_from_a_request(self):
		order = self.until("On the Way")
		frappe.set_user(self.deliverer)
		doc = frappe.get_doc("Catering Order", order.name)
		doc.settled_on = getdate()
		doc.invoice = None
		doc.total_amount = 9999
		doc.save()
		doc.reload()
		self.assertIsNone(doc.settled_on)
		self.assertEqual(doc.total_amount, 0)

	def test_a_lead_cannot_speak_for_the_kitchen(self):
		frappe.set_user(self.lead)
		order = frappe.get_doc(
			order_values(dishes=[{"dish": "Test Hummus", "portions": 1}], over_capacity_accepted=1)
		).insert()
		self.assertEqual(order.over_capacity_accepted, 0)


class TestFood(CateringCase):
	def test_allergens_come_from_ingredients(self):
		order = self.order(dishes=[{"dish": "Test Nut Loaf", "portions": 20, "allergens": "", "vegan": 0}])
		self.assertEqual(order.dishes[0].allergens, "Nuts (Walnuts)")
		self.assertEqual(order.dishes[0].vegan, 1)

	def test_a_dish_a_guest_must_not_eat_is_refused(self):
		nuts = [{"allergen": "Nuts", "sub_type": "Walnuts"}]
		with self.assertRaisesRegex(frappe.ValidationError, "Test Nut Loaf contains Nuts"):
			self.order(dishes=[{"dish": "Test Nut Loaf", "portions": 20}], allergies=nuts)
		other = [{"allergen": "Nuts", "sub_type": "Almonds"}]
		self.order(dishes=[{"dish": "Test Nut Loaf", "portions": 20}], allergies=other)

	def test_enough_vegan_portions(self):
		dishes = [{"dish": "Test Cheese Pie", "portions": 18}, {"dish": "Test Hummus", "portions": 2}]
		self.order(dishes=dishes, diets=[{"diet": "Vegan", "guests": 2}])
		with self.assertRaisesRegex(frappe.ValidationError, "3 guests eat vegan"):
			self.order(dishes=dishes, diets=[{"diet": "Vegan", "guests": 3}])

	def test_a_changed_ingredient_reaches_orders_until_the_kitchen_starts(self):
		make_ingredient("Test Bread", ("Gluten", "Wheat"))
		make_dish("Test Toast", "Test Bread")
		waiting = self.order(dishes=[{"dish": "Test Toast", "portions": 20}], allergies=[{"allergen": "Sesame"}])
		cooked = self.until("In Kitchen", dishes=[{"dish": "Test Toast", "portions": 20}])
		bread = frappe.get_doc("Ingredient", "Test Bread")
		bread.append("allergens", {"allergen": "Sesame"})
		bread.save()
		waiting.reload()
		cooked.reload()
		self.assertEqual(waiting.dishes[0].allergens, "Gluten (Wheat), Sesame")
		self.assertIn("Sesame", waiting.allergen_problem)
		self.assertEqual(cooked.dishes[0].allergens, "Gluten (Wheat)")
		with self.assertRaisesRegex(frappe.ValidationError, "Sesame"):
			self.step(self.coordinator, waiting, "Confirm")

	def test_a_vegan_ingredient_holds_nothing_of_animals(self):
		with self.assertRaisesRegex(frappe.ValidationError, "cannot be vegan"):
			make_ingredient("Test Wrong", ("Milk", None), vegan=1)


class TestCalendar(CateringCase):
	def test_short_notice_needs_the_kitchens_word(self):
		order = self.order(delivery_date=add_days(getdate(), 1))
		with self.assertRaisesRegex(TransitionError, "hours' notice"):
			self.step(self.coordinator, order, "Confirm")
		self.step(self.coordinator, order, "Confirm", short_notice_accepted=1)

	def test_a_full_day_is_refused(self):
		day = add_days(getdate(), 41)
		self.until("Confirmed", delivery_date=day, dishes=[{"dish": "Test Hummus", "portions": 100}])
		order = self.order(delivery_date=day, dishes=[{"dish": "Test Hummus", "portions": 30}])
		with self.assertRaisesRegex(TransitionError, "100 are promised already"):
			self.step(self.coordinator, order, "Confirm")
		self.step(self.coordinator, order, "Confirm", over_capacity_accepted=1)


class TestInvoices(CateringCase):
	def test_numbers_follow_and_vat_is_added(self):
		first = self.until("Delivered", settlement="Invoice")
		second = self.until("Delivered", settlement="Invoice")
		one = frappe.get_doc("Catering Invoice", invoices.issue(first.name))
		frappe.db.savepoint("lost")
		invoices.issue(second.name)
		frappe.db.rollback(save_point="lost")
		two = frappe.get_doc("Catering Invoice", invoices.issue(second.name))
		self.assertEqual(two.sequence, one.sequence + 1)
		self.assertEqual((one.net_amount, one.vat_amount, one.total_amount), (100, 9, 109))
		self.assertEqual(invoices.issue(first.name), one.name)

	def test_an_invoice_is_neither_typed_nor_deleted(self):
		order = self.until("Delivered", settlement="Invoice")
		name = invoices.issue(order.name)
		with self.assertRaisesRegex(frappe.ValidationError, "credit"):
			frappe.delete_doc("Catering Invoice", name)
		with self.assertRaisesRegex(frappe.ValidationError, "Invoices are made from"):
			frappe.copy_doc(frappe.get_doc("Catering Invoice", name)).insert(set_name="LSM-1999-0001")

	def test_settled_after_payment(self):
		order = self.until("Delivered", settlement="Invoice")
		name = invoices.issue(order.name)
		order.reload()
		with self.assertRaisesRegex(TransitionError, "not been paid"):
			self.step(self.treasurer, order, "Settle")
		invoice = frappe.get_doc("Catering Invoice", name)
		invoice.paid_on = getdate()
		invoice.save()
		self.assertEqual(self.step(self.treasurer, order, "Settle").workflow_state, "Settled")


class TestNeedToKnow(CateringCase):
	def test_kitchen_and_deliverer_cannot_open_a_client(self):
		order = self.until("Ready")
		for user in (self.kitchen, self.deliverer, self.treasurer):
			frappe.set_user(user)
			for doctype in ("Client", "Catering Order Client"):
				self.assertFalse(frappe.has_permission(doctype, "read"), doctype)
				with self.assertRaises(frappe.PermissionError):
					frappe.get_list(doctype)
			links = {f.options for f in frappe.get_meta("Catering Order").fields if f.fieldtype == "Link"}
			self.assertFalse(links & {"Client", "Case", "Household", "Help Request"})
		self.assertTrue(order)

	def test_rows_in_list_and_document_agree(self):
		mine = self.until("Ready")
		asked = self.order()
		frappe.set_user(self.deliverer)
		seen = frappe.get_list("Catering Order", pluck="name", limit=0)
		self.assertIn(mine.name, seen)
		self.assertNotIn(asked.name, seen)
		self.assertFalse(frappe.has_permission("Catering Order", "read", asked.name))
		frappe.set_user(self.other_deliverer)
		self.assertNotIn(mine.name, frappe.get_list("Catering Order", pluck="name", limit=0))
		frappe.set_user(self.kitchen)
		self.assertNotIn(asked.name, frappe.get_list("Catering Order", pluck="name", limit=0))
