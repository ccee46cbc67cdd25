"""SMS through a caught gateway: only when wanted by both, without content, and no number left behind when it fails."""

from __future__ import annotations

import http.server
import threading
import time
from urllib.parse import parse_qs

import pytest

NUMBER = "+31 6 1234 5678"


class Gateway(http.server.BaseHTTPRequestHandler):
	def do_POST(self):
		body = self.rfile.read(int(self.headers["Content-Length"])).decode()
		self.server.received.append({key: values[0] for key, values in parse_qs(body).items()})
		self.send_response(self.server.answer)
		self.end_headers()

	def log_message(self, *_args):
		"""Not into the output of the tests."""


@pytest.fixture
def gateway(frappe_site):
	"""A gateway on this machine, entered in the settings of the test site."""
	server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
	server.received, server.answer = [], 200
	threading.Thread(target=server.serve_forever, daemon=True).start()
	frappe_site.db.rollback()
	settings = frappe_site.get_single("SMS Settings")
	before = settings.as_dict()
	settings.update(
		{
			"sms_gateway_url": f"http://127.0.0.1:{server.server_port}/send",
			"message_parameter": "text",
			"receiver_parameter": "to",
			"use_post": 1,
			"parameters": [{"parameter": "key", "value": "k-1"}],
		}
	)
	settings.save(ignore_permissions=True)
	switch(frappe_site, 1)
	yield server
	server.shutdown()
	frappe_site.db.rollback()
	settings.reload()
	settings.update(
		{field: before.get(field) for field in ("sms_gateway_url", "message_parameter", "receiver_parameter")}
	)
	settings.parameters = []
	settings.flags.ignore_mandatory = True
	settings.save(ignore_permissions=True)
	switch(frappe_site, 0)


def switch(frappe_site, on: int) -> None:
	frappe_site.db.set_single_value("Volunteer Settings", "sms_enabled", on)
	frappe_site.db.commit()
	frappe_site.clear_document_cache("Volunteer Settings", "Volunteer Settings")
	frappe_site.clear_document_cache("SMS Settings", "SMS Settings")


@pytest.fixture
def person(frappe_site):
	"""An active volunteer with a page, who reads Arabic and agreed to get an SMS once they were taken on."""
	from lsm_crm.tests import factories

	doc = factories.make_volunteer(preferred_language="ar", phone=NUMBER)
	doc.db_set("email_proven_on", "2026-01-01 10:00:00")
	doc = factories.take_on(frappe_site.get_doc("Volunteer", doc.name))
	doc.db_set("sms_allowed", 1)
	frappe_site.db.commit()
	return doc


def tell(frappe_site, person) -> bool:
	"""What happens with a message in the portal: the mail's text names its subject, the SMS must not."""
	from lsm_crm.services import volunteer_sms

	wanted = volunteer_sms.announce(person.name)
	frappe_site.db.commit()
	return wanted


def rows_with_the_number(frappe_site) -> list:
	"""What is left in the tables of work and of its failures."""
	left = []
	for doctype, field in (("Error Log", "error"), ("Outbox Job", "arguments"), ("Scheduled Job Log", "details")):
		left += frappe_site.get_all(doctype, {field: ("like", "%12345678%")})
	return left


def wait_for(condition, seconds: float = 20) -> bool:
	until = time.monotonic() + seconds
	while time.monotonic() < until and not condition():
		time.sleep(0.2)
	return condition()


def test_says_that_there_is_something_and_never_what(gateway, person, frappe_site):
	from lsm_crm.services import volunteer_mail
	from lsm_crm.tests import factories

	# A mail that leads to nothing on the page brings no SMS.
	volunteer_mail.send(person.name, "anniversary", years=2)
	factories.make("Volunteer Message", volunteer=person.name, subject="Keys of the safe", body="Code 1234")
	frappe_site.db.commit()
	assert wait_for(lambda: gateway.received)
	(sent,) = gateway.received
	assert (sent["to"], sent["key"]) == ("+31612345678", "k-1")
	assert sent["text"].endswith(f"{frappe_site.utils.get_url('/portal')}")
	assert frappe_site._("Please look at your page: {link}", lang="ar").split("{")[0] in sent["text"]
	for secret in ("Keys", "1234 ", "Code", person.first_name):
		assert secret not in sent["text"]


@pytest.mark.parametrize("missing", ["the foundation's wish", "the volunteer's wish", "an account", "a number"])
def test_nothing_is_sent_without_all_four(gateway, person, frappe_site, missing):
	if missing == "the foundation's wish":
		switch(frappe_site, 0)
	field = {"the volunteer's wish": "sms_allowed", "an account": "user", "a number": "phone"}.get(missing)
	if field:
		frappe_site.db.set_value("Volunteer", person.name, field, 0 if field == "sms_allowed" else None)
		frappe_site.db.commit()
	assert tell(frappe_site, person) is False
	assert gateway.received == []


def test_a_gateway_that_fails_leaves_no_number_behind(gateway, person, frappe_site):
	gateway.answer = 503

	def logged():
		frappe_site.db.rollback()
		return frappe_site.get_all("Error Log", {"reference_name": person.name}, ["method", "error"])

	assert tell(frappe_site, person)
	assert wait_for(logged)
	(entry,) = logged()
	assert (entry.method, entry.error) == ("SMS gateway failed", "HTTPError")
	assert not rows_with_the_number(frappe_site)
