"""Forms whose record is made by a service of its own instead of a plain insert. `submit` looks here by DocType."""

from collections.abc import Callable

from lsm_crm.services import volunteer_registration


def register_volunteer(record: dict, token: str) -> str:
	"""One volunteer for one token, with a mail that proves the address."""
	data = {
		**record,
		"roles": [row["role"] for row in record.get("roles") or ()],
		"areas": [row["area"] for row in record.get("areas") or ()],
	}
	return volunteer_registration.register(data, token).name


HANDLERS: dict[str, Callable[[dict, str], str]] = {"Volunteer": register_volunteer}
