"""Files of others, and files that a browser would run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

from tests.attacks.attack import METHOD, Attack, says_yes, shows_canary


def files(facts: dict) -> Iterator[Attack]:
	"""Files of others, and files that a browser would run."""
	for who in ("worker", "front", "board", "volunteer", "kitchen"):
		yield Attack("private file", who, "by its address", "GET", quote(facts["file_url"]), shows_canary)
		yield Attack(
			"private file",
			who,
			"by function",
			"GET",
			METHOD + "frappe.handler.download_file",
			shows_canary,
			{"file_url": facts["file_url"]},
		)
		yield Attack(
			"private file",
			who,
			"by short name",
			"GET",
			METHOD + "download_file",
			shows_canary,
			{"file_url": facts["file_url"]},
		)
		yield Attack(
			"private file",
			who,
			"as a File of one's own",
			"POST",
			"/api/resource/File",
			says_yes,
			{"data": json.dumps({"file_url": facts["file_url"], "is_private": 1, "file_name": "x.txt"})},
		)
		for name, content in RUNNING.items():
			yield Attack(
				"upload",
				who,
				name,
				"POST",
				METHOD + "upload_file",
				says_yes,
				{"is_private": 0},
				files={"file": (name, content)},
				inside=who != "volunteer" or name.endswith(".txt"),
			)
		yield Attack(
			"upload",
			who,
			"to a foreign case",
			"POST",
			METHOD + "upload_file",
			says_yes,
			{"doctype": "Case", "docname": facts["Case"]},
			files={"file": ("x.txt", b"hello " + who.encode())},
		)
		yield Attack(
			"upload",
			who,
			"by an inner address",
			"POST",
			METHOD + "upload_file",
			says_yes,
			{"file_url": "http://127.0.0.1:1/x.png"},
		)
		yield Attack(
			"upload",
			who,
			"through another function",
			"POST",
			METHOD + "upload_file",
			says_yes,
			{"method": "frappe.handler.ping"},
			files={"file": ("y.txt", b"y")},
		)


RUNNING = {
	"x.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
	"x.html": b"<script>alert(1)</script>",
	"x.xml": b"<?xml version='1.0'?><x/>",
	"x.js": b"alert(1)",
	"x.php": b"<?php ?>",
	"x.pdf": b"<html><script>alert(1)</script>",
	"x.png": b"<svg onload=alert(1)>",
	"x.htm": b"<script>alert(1)</script>",
	"x.xhtml": b"<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>",
	"x.shtml": b"<!--#exec cmd='id' -->",
	"x.swf": b"FWS",
	"x.jpg": b"GIF89a<script>alert(1)</script>",
	"x.txt.html": b"<script>alert(1)</script>",
	"x.docx": b"PK\x03\x04 no archive",
	"x.exe": b"MZ",
}
