"""docs/data-model.md and docs/roles.md say what the DocTypes and the role table say."""

import sys

from config.services.bench import ROOT

sys.path.insert(0, str(ROOT / "apps" / "lsm_crm"))


def test_pages_are_current():
	from lsm_crm.services.written_docs import docs_folder, write

	stale = write(docs_folder(), dry_run=True)
	assert stale == [], f"run ./lsm bench lsm-write-docs: {', '.join(stale)}"
