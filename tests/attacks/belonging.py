"""To whom or what something belongs: the owner of a record, the record of a mail, what others made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

from tests.attacks.attack import METHOD, Attack, played

WITH_REQUESTS = ("worker", "front")


def belonging(facts: dict) -> Iterator[Attack]:
	for who in WITH_REQUESTS:
		yield from owning(who, facts)
		for name, send in CHANGES.items():
			yield played("owner", who, f"given to another by {name}", gives_away(who, send))
	yield played("delete", "worker", "what somebody else made", deletes("worker"))
	for who in (*WITH_REQUESTS, "board", "volunteer"):
		yield played("relink", who, "a mail of nobody's to a case", relinks(who, "other_mail", "Case"))
		yield played("relink", who, "a mail of a case away from it", relinks(who, "mail", None))


def owning(who: str, facts: dict) -> Iterator[Attack]:
	"""A record whose owner is somebody else from the start."""
	doc = {
		"doctype": "Help Request",
		"topics": [{"topic": "Social"}],
		"language": "nl",
		"note": f"x {who}",
		"owner": facts["users"]["victim"],
	}
	sent = json.dumps(doc)
	for name, path, arguments in (
		("REST", "/api/resource/Help Request", {"data": sent}),
		("insert", METHOD + "frappe.client.insert", {"doc": sent}),
		(
			"form",
			METHOD + "frappe.desk.form.save.savedocs",
			{"doc": json.dumps({**doc, "__islocal": 1}), "action": "Save"},
		),
	):
		yield Attack(
			"owner",
			who,
			f"of another by {name}",
			"POST",
			path,
			lambda answer, target: (
				answer.status_code == 200
				and f'"owner":"{target.facts["users"]["victim"]}"' in answer.text.replace(": ", ":")
			),
			arguments,
		)


def gives_away(who: str, send):
	"""A record of one's own that somebody else answers for from now on: the row rules of owners open it to them."""

	def play(target) -> bool:
		session, victim = target.session(who), target.facts["users"]["victim"]
		doc = {"doctype": "Help Request", "topics": [{"topic": "Social"}], "language": "nl", "note": "x"}
		made = session.post(
			target.url + "/api/resource/Help Request", data={"data": target.json(doc)}, timeout=60
		).json()["data"]
		send(target, session, made, victim)
		return owner_of(target, made["name"]) == victim

	return play


def owner_of(target, name: str) -> str:
	answer = target.session("admin").get(f"{target.url}/api/resource/Help Request/{name}", timeout=60)
	return answer.json()["data"]["owner"]


def _by_rest(target, session, doc: dict, owner: str):
	values = {"owner": owner, "modified": doc["modified"]}
	path = f"{target.url}/api/resource/Help Request/{doc['name']}"
	return session.put(path, data={"data": target.json(values)}, timeout=60)


def _by_form(target, session, doc: dict, owner: str):
	values = {"doc": target.json({**doc, "owner": owner}), "action": "Save"}
	return session.post(target.url + METHOD + "frappe.desk.form.save.savedocs", data=values, timeout=60)


def _by_save(target, session, doc: dict, owner: str):
	values = {"doc": target.json({**doc, "owner": owner})}
	return session.post(target.url + METHOD + "frappe.client.save", data=values, timeout=60)


CHANGES = {"REST": _by_rest, "the form": _by_form, "saving": _by_save}


def deletes(who: str):
	"""An absence of somebody else: the role may delete such records, its row rule leaves it its own."""

	def play(target) -> bool:
		name = target.facts["foreign"]["Staff Absence"]
		path = f"{target.url}/api/resource/Staff Absence/{quote(name)}"
		target.session(who).delete(path, timeout=60)
		return target.session("admin").get(path, timeout=60).status_code == 404

	return play


def relinks(who: str, which: str, doctype: str | None):
	"""The framework's function writes to the table and asks for no right."""

	def play(target) -> bool:
		mail = target.facts[which]
		to = {"reference_doctype": doctype, "reference_name": target.facts[doctype]} if doctype else {}
		session, admin = target.session(who), target.session("admin")
		answer = session.post(target.url + METHOD + "frappe.email.relink", data={"name": mail, **to}, timeout=60)
		stored = admin.get(f"{target.url}/api/resource/Communication/{mail}", timeout=60).json()["data"]
		return answer.status_code == 200 and stored.get("reference_name") == to.get("reference_name")

	return play
