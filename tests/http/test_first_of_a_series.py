"""The first records of a kind in a year, saved by several people at the same moment: each gets an answer about what they sent."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from lsm_crm.services import number_series
from tests.support import Session

AT_ONCE, TIMES = 6, 4
PATH = "/api/resource/Data Request"


@pytest.fixture
def ready(frappe_site):
	"""As on a site where nobody has asked for their data this year: the counter is there and at nought."""
	number_series.make_ready()
	frappe_site.db.commit()


def test_first_requests_at_once(ready, account_of):
	account = account_of("LSM Coordinator")
	people = [Session().log_in(account["user"], account["password"]) for _ in range(AT_ONCE)]

	def send(person: Session) -> list[int]:
		return [person.request("POST", PATH, data={}).status_code for _ in range(TIMES)]

	with ThreadPoolExecutor(AT_ONCE) as pool:
		statuses = Counter(status for answers in pool.map(send, people) for status in answers)
	assert statuses == {
		417: AT_ONCE * TIMES
	}  # an empty request says what is missing, and never that the database was busy
