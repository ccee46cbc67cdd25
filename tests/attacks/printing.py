"""Pages for the PDF program: files of the machine and inner addresses, asked for by tags and by options in meta tags."""

from __future__ import annotations

import io
from collections.abc import Iterator

from tests.attacks.attack import METHOD, Attack, played
from tests.attacks.paths import asks_inside

ALLOW = '<meta name="pdfkit-allow" content="/">'
FILE_TAGS = {
	"frame": '<iframe src="{0}" width="700" height="400"></iframe>',
	"object": '<object data="{0}" type="text/plain" width="700" height="400"></object>',
	"embedded page": '<embed src="{0}" type="text/html" width="700" height="400">',
}
INNER_TAGS = {
	"picture": '<img src="{0}">',
	"frame": '<iframe src="{0}"></iframe>',
	"object": '<object data="{0}" type="text/html"></object>',
	"style": '<link rel="stylesheet" href="{0}">',
	"font": '<style>@font-face {{ font-family: x; src: url("{0}") }} p {{ font-family: x }}</style>',
}


def printing(facts: dict) -> Iterator[Attack]:
	"""Everybody who is logged in may have a report printed, and sends its HTML."""
	for who in ("worker", "front", "volunteer"):
		for name, tag in FILE_TAGS.items():
			page = ALLOW + tag.format(f"file://{facts['local_file']}")
			yield played("PDF reads files", who, f"{name}, allowed by a meta tag", shows_file(who, page))
		for name, tag in INNER_TAGS.items():
			yield played("PDF asks inside", who, name, asks_inside(who, has_printed(tag)))


def _print(target, who: str, page: str):
	return target.session(who).post(
		target.url + METHOD + "frappe.utils.print_format.report_to_pdf",
		data={"html": f"<html><head></head><body><p>Seen</p>{page}</body></html>", "orientation": "Portrait"},
		timeout=120,
	)


def shows_file(who: str, page: str):
	def play(target) -> bool:
		from pypdf import PdfReader

		answer = _print(target, who, page)
		if not answer.content.startswith(b"%PDF-"):
			return False
		text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.content)).pages)
		return target.facts["canary"] in text

	return play


def has_printed(tag: str):
	return lambda target, who, address: _print(target, who, tag.format(address))
