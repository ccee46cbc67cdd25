"""Background work that is written down: done once, not lost with the queue, tried again, and shown when it fails."""

from unittest.mock import patch

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.services import outbox
from lsm_crm.tests.factories import acting_as, make_user

NOTE = "lsm_crm.services.test_outbox.leave_a_note"
BREAK = "lsm_crm.services.test_outbox.fail"
REALLY = outbox._hand_over


def leave_a_note(text: str) -> None:
	frappe.get_doc({"doctype": "ToDo", "description": text}).insert(ignore_permissions=True)


def fail(text: str) -> None:
	leave_a_note(text)
	raise ValueError(text)


class TestOutbox(FrappeTestCase):
	def setUp(self):
		self.text = f"outbox {frappe.generate_hash(length=8)}"
		frappe.db.commit()
		patcher = patch.object(outbox, "_hand_over")  # no worker takes the rows of these tests
		self.handed = patcher.start()
		self.addCleanup(patcher.stop)
		self.addCleanup(self.clear)

	def clear(self):
		frappe.db.rollback()
		frappe.db.delete("ToDo", {"description": ("like", f"%{self.text}%")})
		frappe.db.delete(outbox.DOCTYPE, {"method": ("like", "lsm_crm.services.test_outbox%")})
		frappe.db.commit()

	def promise(self, method: str = NOTE, **more) -> str:
		name = outbox.enqueue(method, text=self.text, **more)
		frappe.db.commit()
		return name

	def notes(self) -> list:
		return frappe.get_all("ToDo", filters={"description": self.text}, pluck="owner")

	def state(self, name: str):
		return frappe.db.get_value(outbox.DOCTYPE, name, ["state", "attempts", "failure"])

	def test_written_down_with_what_it_belongs_to(self):
		outbox.enqueue(NOTE, text=self.text)
		frappe.db.rollback()
		self.assertEqual(frappe.db.count(outbox.DOCTYPE, {"method": NOTE}), 0)
		self.handed.assert_not_called()
		name = self.promise()
		self.handed.assert_called_once()
		self.assertEqual(self.state(name), ("Waiting", 0, None))
		self.assertNotIn(self.text, frappe.db.get_value(outbox.DOCTYPE, name, "arguments"))

	def test_done_once_and_as_who_asked(self):
		user = make_user("LSM Case Worker")
		with acting_as(user):
			name = self.promise()
		for _time in range(3):
			outbox.work(name)
		self.assertEqual(self.notes(), [user.name])
		self.assertFalse(frappe.db.exists(outbox.DOCTYPE, name))
		self.assertEqual(frappe.session.user, "Administrator")

	def test_what_nobody_took_is_handed_over_again_and_only_then(self):
		name = self.promise()
		self.handed.reset_mock()
		outbox.sweep()
		self.handed.assert_not_called()  # it was handed over a moment ago
		outbox.sweep(older_than=0)
		self.assertIn(name, [call.args[0] for call in self.handed.call_args_list])

	def test_failing_leaves_nothing_half_and_is_shown_after_three_times(self):
		name = self.promise(BREAK)
		for attempt in (1, 2, 3):
			with self.assertRaises(ValueError):
				outbox.work(name)
			self.assertEqual(self.state(name), ("Waiting" if attempt < 3 else "Failed", attempt, "ValueError"))
			self.assertEqual(self.notes(), [])
		outbox.work(name)
		self.assertTrue([line for line in outbox.failures() if name in line and self.text not in line])
		outbox.try_again()
		self.assertEqual(self.state(name)[0], "Waiting")

	def test_what_must_not_be_begun_twice_is_not(self):
		name = self.promise(repeatable=False)
		frappe.db.set_value(outbox.DOCTYPE, name, "state", "Begun")  # a worker began and was killed
		frappe.db.commit()
		outbox.sweep(older_than=0)
		self.assertEqual(self.state(name), ("Failed", 0, "interrupted"))
		outbox.work(name)
		self.assertEqual(self.notes(), [])

	def test_another_that_works_on_it_is_left_alone(self):
		name = self.promise()
		with patch.object(outbox, "_taken") as taken:
			taken.return_value.__enter__.return_value = False
			outbox.work(name)
		self.assertEqual(self.notes(), [])

	def test_once(self):
		first = self.promise(once=True)
		self.assertEqual(self.promise(once=True), first)
		self.assertNotEqual(self.promise(), first)

	def test_a_queue_that_is_gone_hinders_nobody(self):
		with patch.object(outbox, "_hand_over", REALLY), patch("frappe.enqueue", side_effect=ConnectionError):
			self.assertEqual(self.state(self.promise())[0], "Waiting")
