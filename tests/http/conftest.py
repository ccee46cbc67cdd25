"""What the tests over HTTP share."""

from __future__ import annotations

import pytest

from tests.http import mail_server


@pytest.fixture
def mailbox(frappe_site):
	"""A real mail server, and the test site told to send through it."""
	with mail_server.listening(frappe_site) as box:
		yield box
