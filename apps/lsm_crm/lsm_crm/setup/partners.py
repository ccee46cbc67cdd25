"""The partner organisations that the foundation names."""

from lsm_crm.setup.data import read
from lsm_crm.setup.masters import insert_missing


def seed() -> None:
	"""Insert each partner by name; staff fill in topics, languages and opening hours."""
	for name in read("vocabulary")["partners"]:
		insert_missing("Partner Organisation", name, organisation_name=name)
