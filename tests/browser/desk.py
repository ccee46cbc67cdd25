"""The desk as its people use it: forms, their steps, refusals."""

from __future__ import annotations

import re


class DeskForm:
	"""A document open in the desk."""

	def __init__(self, page, nl, doctype: str, name: str):
		self.page, self.nl, self.doctype, self.name = page, nl, doctype, name
		page.goto(f"/app/{doctype.lower().replace(' ', '-')}/{name}")
		page.wait_for_function("name => window.cur_frm && cur_frm.doc.name === name && !cur_frm.is_new()", arg=name)

	def fill(self, **values) -> DeskForm:
		self.page.evaluate("async values => { await cur_frm.set_value(values); }", values)
		return self

	def save(self) -> DeskForm:
		self.page.keyboard.press("Control+s")
		self.page.wait_for_function("() => !cur_frm.is_dirty() && !document.body.classList.contains('freeze')")
		return self

	def act(self, action: str, state: str | None = None) -> DeskForm:
		"""Take a step with the menu; waits for the state when one is expected."""
		# A late answer draws the menu anew, and so closes it.
		self.page.wait_for_load_state("networkidle")
		menu = self.page.locator(".page-container:visible .actions-btn-group")
		menu.locator("button").first.click()
		menu.locator(".dropdown-item", has_text=re.compile(rf"^\s*{re.escape(self.nl(action))}\s*$")).first.click()
		if state:
			self.page.wait_for_function("state => cur_frm.doc.workflow_state === state", arg=state)
			self.page.locator(".page-container:visible .indicator-pill", has_text=self.nl(state)).first.wait_for()
			# A late answer would overwrite what is filled in next.
			self.page.wait_for_function("() => !frappe.request.ajax_count")
		return self

	def press(self, label: str) -> DeskForm:
		"""Press a button of the form's own, beside the menu."""
		name = re.compile(rf"^\s*{re.escape(self.nl(label))}\s*$")
		self.page.locator(".page-container:visible .custom-actions button", has_text=name).first.click()
		return self

	def answer(self, value: str, field: str = "answer", state: str | None = None) -> DeskForm:
		"""Fill in the one question that the desk asks, and go on."""
		box = self.page.locator(".modal.show")
		box.locator(f"[data-fieldname={field}]").locator("input, textarea").first.fill(value)
		self.page.wait_for_function("() => !$('.modal.show').data('bs.modal')._isTransitioning")
		box.locator(".btn-modal-primary").click()
		box.wait_for(state="hidden")
		if state:
			self.page.wait_for_function("state => cur_frm.doc.workflow_state === state", arg=state)
		return self

	def told(self) -> str:
		"""What the box says; it is closed afterwards."""
		box = self.page.locator(".modal.show .msgprint")
		box.wait_for()
		text = box.inner_text()
		# A box that is still fading in does not hear the key.
		self.page.wait_for_function("() => !$('.modal.show').data('bs.modal')._isTransitioning")
		self.page.keyboard.press("Escape")
		self.page.locator(".modal.show").wait_for(state="hidden")
		return text

	def refused(self, *sentences: str) -> DeskForm:
		text = self.told()
		for sentence in sentences:
			assert sentence in text, text
		# A late answer would overwrite what is filled in next.
		with self.page.expect_response(lambda answer: "form.load.getdoc" in answer.url):
			self.page.evaluate("() => { cur_frm.reload_doc(); }")
		self.page.wait_for_function("() => !cur_frm.is_dirty() && !frappe.request.ajax_count")
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
