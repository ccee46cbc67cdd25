"""Secrets planted through every door, then looked for wherever something is kept: the database's files, a dump, both Redis, logs, the
site's folder, versions, deleted documents. What is special about a person is kept as cipher text only, and a save that failed
leaves nothing.

A secret is a word of its own. Each place is first shown to be searched: a word planted there in the clear is found.
"""

from __future__ import annotations

import base64
import json
import random
import subprocess
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from config.services import machine
from config.services.database import root_account
from tests.audit.secret_doors import Doors, doors
from tests.figures import SEED, figure
from tests.support import BENCH

WHOLE, SHORT = 200, 30
LETTERS = "bcdfghjklmnpqrstvwxz"
MOST_UNPACKED = 4 * 1024 * 1024


def shapes(text: str) -> list[bytes]:
	"""The word as it may stand somewhere: plain, in two bytes a sign, and inside base64 at each of its three beginnings."""
	raw = text.encode()
	found = [raw, text.encode("utf-16-le")]
	for shift in range(3):
		coded = base64.b64encode(b"\0" * shift + raw)
		found.append(coded[4 if shift else 0 : len(coded) - 4])
	return found


class Search:
	"""Which of many words stand in a text; each place is read once."""

	def __init__(self, words: list[str]):
		import re

		self.of = {shape: word for word in words for shape in shapes(word)}
		self.pattern = re.compile(b"|".join(re.escape(shape) for shape in self.of))

	def words(self, content: bytes) -> set[str]:
		return {self.of[match] for match in set(self.pattern.findall(content))}


def database_files() -> Iterator[tuple[str, bytes]]:
	"""The data folder as a thief of the disk has it, with all that was committed written into it."""
	user, password = root_account(BENCH)
	import frappe

	root = frappe.database.get_db(host="127.0.0.1", user=user, password=password, port=BENCH.port("database"))
	usual = root.sql("SELECT @@innodb_max_dirty_pages_pct")[0][0]
	root.sql("SET GLOBAL innodb_max_dirty_pages_pct = 0")
	root.sql("FLUSH TABLES")
	for path in sorted((BENCH.var / "mariadb").rglob("*")):
		if path.is_file():
			yield f"database file {path.name}", path.read_bytes()
	root.sql("SET GLOBAL innodb_max_dirty_pages_pct = %s", (usual,))
	root.close()


def dump() -> Iterator[tuple[str, bytes]]:
	import frappe

	from lsm_crm.services import backup

	conf = frappe.local.conf
	with backup.client_file(conf, conf.db_name, conf.db_password) as settings:
		command = [machine.find("mariadb-dump"), f"--defaults-extra-file={settings}", "--single-transaction"]
		done = subprocess.run(
			[*command, "--no-tablespaces", "--skip-extended-insert", conf.db_name], capture_output=True
		)
	assert done.returncode == 0, done.stderr
	yield "dump", done.stdout


def redis_values() -> Iterator[tuple[str, bytes]]:
	for name in ("cache", "queue"):
		server = redis.Redis(port=BENCH.port(name))
		for key in server.scan_iter(count=1000):
			kind = server.type(key).decode()
			parts = {
				"string": lambda key=key, server=server: [server.get(key)],
				"hash": lambda key=key, server=server: [part for pair in server.hgetall(key).items() for part in pair],
				"list": lambda key=key, server=server: server.lrange(key, 0, -1),
				"set": lambda key=key, server=server: list(server.smembers(key)),
				"zset": lambda key=key, server=server: server.zrange(key, 0, -1),
			}.get(kind, lambda: [])()
			yield f"redis {name}", b"\n".join([key, *(unpacked(part or b"") for part in parts)])
		server.close()


def unpacked(value: bytes) -> bytes:
	"""The value and, where it is packed, what it was before."""
	try:
		return value + zlib.decompressobj().decompress(value, MOST_UNPACKED)
	except zlib.error:
		return value


def folders() -> Iterator[tuple[str, bytes]]:
	places = (
		BENCH.logs,
		BENCH.site_path,
		BENCH.var / "nginx",
		BENCH.var / "queue",
		BENCH.var / "cache",
		BENCH.sites / "logs",
	)
	for folder in places:
		for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
			if path.is_file() and not path.is_symlink():
				yield f"{folder.name}/{path.name}", path.read_bytes()


PLACES = (database_files, dump, redis_values, folders)


@pytest.fixture
def quick_forms():
	path = BENCH.site_path / "site_config.json"
	before = path.read_text()
	limits = {"fastest_seconds": 0, "per_address": [100_000, 600], "per_form": [100_000, 600]}
	path.write_text(json.dumps({**json.loads(before), "public_form_limits": limits}))
	yield
	path.write_text(before)


def word(numbers: random.Random) -> str:
	return "Zq" + "".join(numbers.choice(LETTERS) for _number in range(18))


def plant_controls(frappe, numbers: random.Random) -> dict[str, str]:
	"""{place: word in the clear that is there}, so that a search that finds nothing is known to look."""
	from lsm_crm.tests.factories import make_client

	row, packed, line = (word(numbers) for _kind in range(3))
	make_client(city=row)
	frappe.db.commit()
	frappe.cache.set_value("lsm_control", {"packed": packed})
	(BENCH.logs / "control.log").write_text(base64.b64encode(f"x{line}x".encode()).decode())
	return {"database_files": row, "dump": row, "redis_values": packed, "folders": line}


def test_no_secret_is_kept_in_the_clear(as_role, frappe_site, quick_forms, request):
	total = WHOLE if request.config.getoption("--audit") else SHORT
	numbers = random.Random(SEED)
	planting = Doors(as_role, frappe_site, numbers)
	ways, planted = doors(planting), {}
	for number in range(total):
		door, secret = ways[number % len(ways)], word(numbers)
		door(secret)
		planted[secret] = door.__name__
	# words of their own: a longer run on the same site must not plant what a shorter one left in the clear
	controls = plant_controls(frappe_site, random.Random(f"controls {SEED}"))
	search, leaks, looked = Search([*planted, *controls.values()]), Counter(), Counter()
	seen: set[tuple[str, str]] = set()
	for place in PLACES:
		for name, content in place():
			looked[place.__name__] += len(content)
			words = search.words(content)
			seen |= {(place.__name__, one) for one in words}
			leaks.update((planted[one], name) for one in words & planted.keys())
	(BENCH.logs / "control.log").unlink()
	frappe_site.cache.delete_value("lsm_control")
	figure(
		"secrets",
		f"{len(planted)} planted through {len(ways)} doors, looked for in {sum(looked.values()) / 2**20:.0f} MiB "
		f"({', '.join(f'{name} {size / 2**20:.0f}' for name, size in looked.items())}): "
		f"{len({one for _place, one in seen} & planted.keys())} found",
		"0 of 200 found",
		SEED,
	)
	blind = controls.items() - seen
	assert not blind, f"the search does not see what stands there in the clear: {blind}"
	assert sorted(leaks) == []


def test_the_search_sees_every_shape():
	one, other = "Zqbcdfghjklm", "Zqxwvtsrqpnm"
	search = Search([one, other])
	for content in (
		one.encode(),
		one.encode("utf-16-le"),
		*(base64.b64encode(b"ab"[:n] + one.encode() + b"cd") for n in range(3)),
	):
		assert search.words(b"before " + content + b" after") == {one}
	assert search.words(unpacked(zlib.compress(other.encode()))) == {other}
	assert search.words(b"nothing") == set()


def test_every_place_is_there():
	assert all(Path(path).exists() for path in (BENCH.var / "mariadb", BENCH.logs, BENCH.site_path))
