"""Translations: locale/*.po is what people edit, translations/*.csv is what the framework of 15.0 reads.

The .csv files are made on install, on migrate and by `bench lsm-build-translations`; they are not committed.
"""

import csv
import io
import json
from pathlib import Path

from babel.messages.pofile import read_po

from lsm_crm.services import catalogs

APP = Path(__file__).resolve().parent.parent


def build(app: Path = APP) -> dict[str, int]:
	"""Write every language's .csv where it differs; return how many texts each has."""
	target = app / "translations"
	target.mkdir(exist_ok=True)
	counts = {}
	for po_file in sorted((app / "locale").glob("*.po")):
		text, count = to_csv(po_file)
		csv_file = target / f"{po_file.stem}.csv"
		if not csv_file.exists() or csv_file.read_text(encoding="utf-8") != text:
			csv_file.write_text(text, encoding="utf-8")
		counts[po_file.stem] = count
	write_unreviewed(app)
	return counts


def write_unreviewed(app: Path) -> None:
	"""Beside the .csv files: which texts no person has read over, for the pages that then show the Dutch too."""
	lists = {po_file.stem: catalogs.unreviewed(po_file.stem, app) for po_file in sorted((app / "locale").glob("*.po"))}
	(app / "translations" / "unreviewed.json").write_text(json.dumps(lists, ensure_ascii=False), encoding="utf-8")


def to_csv(po_file: Path) -> tuple[str, int]:
	"""Return the .csv text of a .po file and the number of translated texts in it."""
	with po_file.open("rb") as stream:
		catalog = read_po(stream, locale=None)
	out = io.StringIO()
	writer = csv.writer(out, lineterminator="\n")
	count = 0
	for message in catalog:
		if not message.id or not message.string or message.fuzzy:
			continue
		writer.writerow([message.id, message.string, *([message.context] if message.context else [])])
		count += 1
	return out.getvalue(), count
