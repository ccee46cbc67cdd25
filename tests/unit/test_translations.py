"""The gate: what the public reads exists in all eleven languages, what the desk shows exists in Dutch."""

import re
import shutil
import tempfile
import unittest
from pathlib import Path

import yaml

from lsm_crm.services import catalogs, messages

# docs/languages.md, "Words that stay the same everywhere": a case is a "zaak"; a "dossier" is what English calls a file.
OTHER_WORDS_FOR_CASE = re.compile(r"casus|\bdossiers?\b", re.IGNORECASE)

WITH_DUTCH = ("setup/data/case_types.yaml", "setup/data/consent_texts.yaml", "services/figures/annual.py")


def other_words(english: str, dutch: str) -> bool:
	"""Whether the Dutch says another word for a case than the glossary's."""
	found = OTHER_WORDS_FOR_CASE.findall(dutch)
	return any(word.lower() == "casus" or not re.search(r"\bfile\b", english, re.IGNORECASE) for word in found)


class TestTranslations(unittest.TestCase):
	@classmethod
	def setUpClass(cls):
		cls.found = messages.collect()

	def test_every_language_has_every_text(self):
		for language in catalogs.LANGUAGES:
			with self.subTest(language):
				self.assertEqual(catalogs.problems(language, self.found)[:20], [])

	def test_files_hold_nothing_that_is_used_no_more(self):
		for language in catalogs.LANGUAGES:
			with self.subTest(language):
				known = {(m.text, m.context) for m in catalogs.needed(language, self.found)}
				left = [m.id for m in catalogs.read(language) if m.id and (m.id, m.context or "") not in known]
				self.assertEqual(left[:20], [])

	def test_missing_and_other_placeholders_are_seen(self):
		text = "At most {0}."
		found = {(text, ""): messages.Message(text, messages.PUBLIC, "", ["here"])}
		self.assertEqual(catalogs.problems("fr", found), [])
		gone = {("Nobody wrote {0} this", ""): messages.Message("Nobody wrote {0} this", messages.PUBLIC, "", ["here"])}
		self.assertIn("no translation", catalogs.problems("fr", gone)[0])
		self.assertTrue(catalogs.differs("At most {0}.", "Hooguit {1}."))
		self.assertTrue(catalogs.differs("At most {0}.", "Hooguit."))
		self.assertFalse(catalogs.differs("{0} of {1}", "{1} / {0}"))

	def test_a_broken_file_turns_the_gate_red(self):
		"""One translation of a copy is broken in each way a person might; the gate names that text and no other."""
		text = "At most {0}."
		line = f'msgid "{text}"\nmsgstr "'
		for breaks, sentence in {
			"placeholder missing": (f"{line}Au plus.", "other placeholders"),
			"placeholder too many": (f"{line}{{1}} Au plus {{0}}.", "other placeholders"),
			"another placeholder": (f"{line}Au plus {{1}}.", "other placeholders"),
			"not translated": (line, "no translation"),
			"not sure": (f"#, fuzzy\n{line}Au plus {{0}}.", "no translation"),
			"taken out": ("", "no translation"),
		}.items():
			with self.subTest(breaks), tempfile.TemporaryDirectory() as folder:
				broken = self.copy_with(Path(folder), line, sentence[0])
				problems = catalogs.problems("fr", self.found, broken)
				self.assertEqual(len(problems), 1, problems)
				self.assertIn(sentence[1], problems[0])
				self.assertIn(text, problems[0])

	def copy_with(self, folder: Path, start: str, instead: str) -> Path:
		"""An app folder whose French differs in the one entry that starts so."""
		shutil.copytree(messages.APP / "locale", folder / "locale")
		path = folder / "locale" / "fr.po"
		content = path.read_text(encoding="utf-8")
		begin = content.index(start)
		end = content.index('"\n', begin + len(start))
		closing = content[end:] if instead else content[end + 1 :]
		path.write_text(content[:begin] + instead + closing, encoding="utf-8")
		return folder

	def test_a_case_has_one_word_in_dutch(self):
		self.assertEqual(
			[other_words("A case", word) for word in ("Een casus", "Dossiers", "Een zaak")], [True, True, False]
		)
		self.assertEqual([other_words("Case File", word) for word in ("Casus", "Dossier")], [True, False])
		texts = [(str(m.id), str(m.string)) for m in catalogs.read("nl") if m.id]
		papers = yaml.safe_load((messages.APP / "setup/data/client_papers.yaml").read_text(encoding="utf-8"))
		texts += [("", str(papers["languages"]["nl"]))]
		texts += [("", (messages.APP / path).read_text(encoding="utf-8")) for path in WITH_DUTCH]
		self.assertEqual([pair for pair in texts if other_words(*pair)], [])

	def test_public_texts_are_told_from_desk_texts(self):
		self.assertEqual(self.found[("Check your answers", "")].audience, messages.PUBLIC)
		self.assertEqual(self.found[("Form Submission", "")].audience, messages.DESK)

	def test_texts_in_scripts_are_found(self):
		source = """x(__("Plain")); __('It\\'s {0}', [y]); __(`no ${z}`); __("a" + b)"""
		self.assertEqual(messages.script_texts(source), ["Plain", "It's {0}"])
