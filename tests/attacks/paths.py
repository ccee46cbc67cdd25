"""Files of the machine by a path that climbs, and addresses inside that the server is made to ask."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit

from tests.attacks.attack import METHOD, Attack, played

# encoded steps upwards, as a proxy lets them pass
STEPS = ("..%2f", "..%2F", "%2e%2e%2f", "%2E%2E%2F", ".%2e%2f", "%2e.%2F")
BINARIES = ("bin/true", "usr/bin/env", "bin/ls")
DEPTH = 16


def paths(facts: dict) -> Iterator[Attack]:
	for step in STEPS:
		for file in BINARIES:
			path = "/" + step * DEPTH + file.replace("/", "%2f")
			yield played("climbing path", "guest", f"{step} to {file}", reads(path))
	for who in ("worker", "front"):
		for name, ask in INNER.items():
			yield played("inner address", who, name, asks_inside(who, ask))


def reads(path: str):
	"""The path goes out as it stands: the usual clients would tidy it."""

	def play(target) -> bool:
		address = urlsplit(target.url)
		connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
		connection.request("GET", path, headers={"Host": target.host})
		answer = connection.getresponse()
		return answer.status == 200 and b"ELF" in answer.read(200)

	return play


def _upload(target, who: str, address: str):
	return target.session(who).post(
		target.url + METHOD + "upload_file", data={"file_url": address, "is_private": 0}, timeout=60
	)


def _file(target, who: str, address: str):
	doc = {"doctype": "File", "file_url": address, "file_name": "x.png", "is_private": 0}
	return target.session(who).post(target.url + "/api/resource/File", data={"data": json.dumps(doc)}, timeout=60)


def _thumbnail(target, who: str, address: str):
	name = _file(target, who, address).json().get("data", {}).get("name")
	return target.session(who).post(
		target.url + METHOD + "run_doc_method",
		data={"dt": "File", "dn": name, "method": "make_thumbnail", "args": json.dumps({"set_as_thumbnail": 1})},
		timeout=60,
	)


INNER = {"a thumbnail of a File": _thumbnail}


def asks_inside(who: str, ask):
	def play(target) -> bool:
		asked = []

		class Inner(BaseHTTPRequestHandler):
			def do_GET(self):
				asked.append(self.path)
				self.send_error(404)

			def log_message(self, *arguments):
				pass

		server = HTTPServer(("127.0.0.1", 0), Inner)
		threading.Thread(target=server.serve_forever, daemon=True).start()
		try:
			ask(target, who, f"http://127.0.0.1:{server.server_port}/inner.png")
		finally:
			server.shutdown()
			server.server_close()
		return bool(asked)

	return play
