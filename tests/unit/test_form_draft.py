"""A form's draft keeps when the form was opened."""

import pytest
from cryptography.fernet import Fernet

from lsm_crm.public_forms import draft as drafts


@pytest.mark.parametrize("part", [0.0, 0.49, 0.5, 0.51, 0.99])
def test_a_form_opened_late_in_a_second_is_not_from_the_future(monkeypatch, part):
	"""The time of opening travels in whole seconds; later than now it would be refused as sent by a program."""
	cipher = Fernet(Fernet.generate_key())
	monkeypatch.setattr(drafts, "_cipher", lambda: cipher)
	opened = 1_800_000_000 + part
	sealed = drafts.Draft("volunteer", started=opened).seal()
	assert opened - 1 < drafts.unseal(sealed, "volunteer").started <= opened
