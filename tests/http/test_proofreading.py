"""A translation's way: proposed beside the original, decided by the coordinator, written into the .po by a command."""

import shutil
import subprocess
import sys

import pytest
from lxml import html

from lsm_crm.services import catalogs, messages
from tests.support import BENCH

HTML = {"Accept": "text/html"}
LANGUAGE = "es"


@pytest.fixture(autouse=True)
def no_other_corrections(frappe_site):
	def clear():
		frappe_site.db.rollback()
		frappe_site.db.delete("Text Correction", {"language": LANGUAGE})
		frappe_site.db.commit()

	clear()
	yield
	clear()


def texts_on_page(session) -> tuple[str, list[dict]]:
	page = html.fromstring(session.get(f"/proofread/{LANGUAGE}", headers=HTML).content)
	texts = [
		{
			"english": group.cssselect("p[lang=en]")[0].text_content(),
			"dutch": group.cssselect("p[lang=nl]")[0].text_content(),
			"key": group.cssselect("textarea")[0].get("name").removeprefix("text-"),
			"text": group.cssselect("textarea")[0].text.strip(),
		}
		for group in page.cssselect("fieldset")
	]
	return page.cssselect("[name=csrf_token]")[0].get("value"), texts


def propose(session, change) -> list[dict]:
	"""Send the page back with the first texts as `change(number, text)` says; gives what stood there before."""
	token, texts = texts_on_page(session)
	data = {"csrf_token": token} | {f"text-{text['key']}": change(i, text) for i, text in enumerate(texts)}
	assert session.post(f"/proofread/{LANGUAGE}", data=data, headers=HTML).status_code == 200
	return texts


def correction(frappe_site, text: dict):
	frappe_site.db.rollback()
	name = frappe_site.db.get_value("Text Correction", {"language": LANGUAGE, "key": text["key"]})
	return frappe_site.get_doc("Text Correction", name) if name else None


def decide(session, doc, status: str):
	data = {"status": status, "modified": str(doc.modified)}
	return session.put(f"/api/resource/Text Correction/{doc.name}", json=data)


def write_back(folder) -> str:
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", BENCH.site]
	done = subprocess.run(
		[*command, "lsm-write-corrections", "--into", str(folder)],
		cwd=BENCH.sites,
		env=BENCH.environment(),
		capture_output=True,
		text=True,
	)
	assert done.returncode == 0, done.stderr[-500:]
	return done.stdout


def test_from_the_page_to_the_file(as_role, frappe_site, tmp_path):
	helper, coordinator = as_role("LSM Language Helper"), as_role("LSM Coordinator")
	before = propose(helper, lambda number, text: f"{text['text']} ¡mejor!" if number < 2 else text["text"])
	assert all(text["english"] and text["dutch"] for text in before)
	approved, refused = correction(frappe_site, before[0]), correction(frappe_site, before[1])
	assert (approved.status, approved.original) == ("Proposed", before[0]["english"])
	assert correction(frappe_site, before[2]) is None  # not changed and not said to be right
	assert before[0]["key"] not in [text["key"] for text in texts_on_page(helper)[1]]  # nobody does it twice
	assert decide(coordinator, approved, "Approved").status_code == 200
	assert decide(coordinator, refused, "Refused").status_code == 200

	shutil.copytree(messages.APP / "locale", tmp_path / "locale")
	assert f"{LANGUAGE}: 1" in write_back(tmp_path)
	written = {str(m.id): m for m in catalogs.read(LANGUAGE, tmp_path) if m.id}
	assert written[approved.original].string == f"{before[0]['text']} ¡mejor!"
	assert catalogs.UNREVIEWED not in written[approved.original].user_comments
	assert written[refused.original].string == before[1]["text"]
	assert catalogs.UNREVIEWED in written[refused.original].user_comments
	assert correction(frappe_site, before[0]).status == "Written" and write_back(tmp_path) == ""
	found = messages.collect()
	assert catalogs.problems(LANGUAGE, found, tmp_path) == []


def test_a_text_that_lost_its_placeholder_is_not_taken(as_role, frappe_site):
	helper = as_role("LSM Language Helper")
	frappe_site.db.rollback()
	before = propose(helper, lambda number, text: text["text"].replace("{0}", "") + " {7}")
	assert all(correction(frappe_site, text) is None for text in before)


def test_nobody_decides_about_an_own_proposal_and_others_do_not_decide(as_role, frappe_site):
	coordinator = as_role("LSM Coordinator")
	before = propose(coordinator, lambda number, text: text["text"] + "!" if number == 0 else text["text"])
	own = correction(frappe_site, before[0])
	assert decide(coordinator, own, "Approved").status_code in (403, 417)
	for role in ("LSM Language Helper", "LSM Kitchen"):
		assert decide(as_role(role), own, "Approved").status_code == 403
	assert correction(frappe_site, before[0]).status == "Proposed"
