"""What the journeys share: the sample users' language, and screenshots on request."""

from __future__ import annotations

import pytest


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


@pytest.fixture
def no_earlier_sendings(frappe_site):
	"""Forms of earlier tests, all from this one address, do not count against the limit of an address."""
	frappe_site.cache.delete_keys("lsm_form_limit:")
