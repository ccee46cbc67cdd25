"""Finding a person by name among many clients, beside a plain LIKE on the name in the same run.

LIKE finds one spelling in one script; the search finds the others too and pays for it. Limit: at most 8 times the LIKE at 20,000
clients. `sizes()` runs 10,000, 200,000 and a million beside each other, and says how often each found the person asked for. The
tables are temporary ones that hide the real ones from this connection: nothing stays.
"""

from __future__ import annotations

import random
import time

import frappe
import numpy as np

from lsm_crm.services import people_search, search_keys
from lsm_crm.tests.test_people_search import labelled, other_names

CLIENTS, NAMES, SEARCHES = 20_000, 2_000, 60
SIZES = (10_000, 200_000, 1_000_000)
LIMIT = 8.0
SEED = 20261122
TABLES = ("tabClient", "tabClient Search Key")


def seed(clients: int, names: list[str]) -> int:
	"""`clients` people who share these names; returns the number of keys."""
	for table in TABLES:
		definition = frappe.db.sql(f"SHOW CREATE TABLE `{table}`")[0][1]
		frappe.db.sql_ddl(definition.replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1))
	rows = [(f"N{number:07}", name, name) for number, name in enumerate(names)]
	frappe.db.bulk_insert("Client", ["name", "first_name", "full_name"], rows, chunk_size=5_000)
	search_keys.insert({name: {("Name", key) for key in search_keys.name_keys(full)} for name, full, _ in rows})
	copies = clients // len(names) - 1
	frappe.db.sql("UPDATE `tabClient` SET status = 'Active', birth_year = 1950 + CRC32(name) %% 60", ())
	for at in range(copies):
		frappe.db.sql(
			"INSERT INTO `tabClient` (name, first_name, full_name, status, birth_year) "
			"SELECT CONCAT(%s, name), first_name, full_name, status, 1950 + CRC32(CONCAT(%s, name)) %% 60 "
			"FROM `tabClient` WHERE name LIKE 'N%%'",
			(f"C{at}-", f"C{at}-"),
		)
		frappe.db.sql(
			"INSERT INTO `tabClient Search Key` (name, client, kind, search_key) "
			"SELECT CONCAT(%s, name), CONCAT(%s, client), kind, search_key "
			"FROM `tabClient Search Key` WHERE client LIKE 'N%%'",
			(f"{at}-", f"C{at}-"),
		)
	return frappe.db.sql("SELECT COUNT(*) FROM `tabClient Search Key`")[0][0]


def like(text: str) -> list:
	"""The peer: what a list's filter on the name does."""
	return frappe.db.sql(
		"SELECT name, full_name, birth_year FROM `tabClient` "
		"WHERE full_name LIKE %s AND status != 'Merged' ORDER BY name LIMIT 10",
		f"%{text}%",
	)


def timed(function, texts: list[str]) -> list[float]:
	times = []
	for text in texts:
		begun = time.perf_counter()
		function(text)
		times.append(time.perf_counter() - begun)
	return times


def run(clients: int = CLIENTS, names: int = NAMES) -> dict:
	"""Seed, search, compare, drop. Returns the figures and prints them."""
	pairs = labelled()
	known = other_names(pairs, min(names, clients))
	searched = [row["typed"] for row in pairs if row["same_person"] == "1"]
	searched = random.Random(SEED).sample(searched, SEARCHES)
	try:
		begun = time.perf_counter()
		keys = seed(clients, known)
		seeded = time.perf_counter() - begun
		for text in searched[:5]:  # both warm
			people_search.search(text), like(text)
		ours, peer = timed(people_search.search, searched), timed(like, searched)
	finally:
		for table in TABLES:
			frappe.db.sql_ddl(f"DROP TEMPORARY TABLE IF EXISTS `{table}`")
	figures = {
		"seed": SEED,
		"clients": clients,
		"keys": keys,
		"seeding, s": round(seeded, 1),
		"search, ms (median, p95)": (_ms(ours, 50), _ms(ours, 95)),
		"LIKE, ms (median, p95)": (_ms(peer, 50), _ms(peer, 95)),
		"times the LIKE (median)": round(float(np.median(ours) / np.median(peer)), 2),
		"limit": LIMIT,
	}
	for name, value in figures.items():
		print(f"{name}: {value}")
	return figures


def sizes(names: int = NAMES) -> list[dict]:
	"""The same at each size, one after the other in one run."""
	return [run(clients, names) for clients in SIZES]


def _ms(times: list[float], percentile: int) -> float:
	return round(1000 * float(np.percentile(times, percentile)), 1)
