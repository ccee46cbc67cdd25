"""A real mail server for a test, and the test site told to send through it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from tests.support import BENCH


class Mailbox(Message):
	"""Keeps what arrives."""

	def __init__(self, frappe_site):
		super().__init__()
		self.site, self.messages = frappe_site, []

	def handle_message(self, message):
		self.messages.append(message)

	def send_queue(self, email: str) -> None:
		"""What the scheduler does: hand the queued mails for this address to the mail server."""
		self.site.db.rollback()
		waiting = self.site.get_all("Email Queue Recipient", {"recipient": email}, pluck="parent")
		self.site.flags.in_test = False  # with it, the framework keeps the mail back
		for name in waiting:
			queue = self.site.get_doc("Email Queue", name)
			if queue.status == "Not Sent":
				queue.send()
		self.site.flags.in_test = True
		self.site.db.commit()

	def mails_to(self, email: str) -> list[dict[str, str]]:
		"""Parts of each mail to the address by their type, with its subject."""
		return [
			{
				"subject": str(mail["Subject"]),
				**{
					part.get_content_type(): part.get_payload(decode=True).decode()
					for part in mail.walk()
					if not part.is_multipart()
				},
			}
			for mail in self.messages
			if mail["X-RcptTo"] == email or email in str(mail["To"])
		]


@contextmanager
def listening(frappe_site) -> Iterator[Mailbox]:
	box = Mailbox(frappe_site)
	server = Controller(box, hostname="127.0.0.1", port=BENCH.port("mail"))
	server.start()
	frappe_site.db.rollback()
	earlier = frappe_site.get_all("Email Account", {"default_outgoing": 1}, pluck="name")
	for name in earlier:
		frappe_site.db.set_value("Email Account", name, "default_outgoing", 0)
	account = frappe_site.get_doc(
		{
			"doctype": "Email Account",
			"email_account_name": "Test Box",
			"email_id": "post@example.org",
			"smtp_server": "127.0.0.1",
			"smtp_port": BENCH.port("mail"),
			"enable_outgoing": 1,
			"default_outgoing": 1,
			"no_smtp_authentication": 1,
			"use_tls": 0,
		}
	)
	account.flags.ignore_validate = True
	account.insert(ignore_permissions=True)
	frappe_site.db.commit()
	yield box
	server.stop()
	frappe_site.db.rollback()
	frappe_site.delete_doc("Email Account", account.name, ignore_permissions=True, force=True)
	for name in earlier:
		frappe_site.db.set_value("Email Account", name, "default_outgoing", 1)
	frappe_site.db.commit()
