"""Error logs say where a program failed, and nothing of what it was working on."""

import re

from frappe.core.doctype.error_log.error_log import ErrorLog

FRAME = re.compile(r'\s*File "[^"]+", line \d+, in ')
CLASS = re.compile(r"([A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|Warning|NotFound))\b")
MAX_TITLE = 140


class ScrubbedErrorLog(ErrorLog):
	"""The framework writes local variables and messages into its logs: both hold what people typed."""

	def deferred_insert(self):
		self.scrub()
		super().deferred_insert()

	def before_insert(self):
		self.scrub()

	def scrub(self) -> None:
		"""Keep frames and the class of the error."""
		self.error = scrub(self.error or "")
		self.method = title(self.method or "")


def scrub(text: str) -> str:
	"""A traceback without local variables and messages."""
	kept = [line.rstrip() for line in text.splitlines() if FRAME.match(line)]
	names = CLASS.findall(text)
	if names:
		kept.append(names[-1])
	return "\n".join(kept) or "(no trace)"


def title(text: str) -> str:
	"""A title that is a name of code stays; one that could be a message with data becomes the class of the error."""
	if re.fullmatch(r"[\w.:]+( [\w.:-]+){0,8}", text) and not re.search(r"\d{3,}|@", text):
		return text[:MAX_TITLE]
	names = CLASS.findall(text)
	return names[-1] if names else "Error"
