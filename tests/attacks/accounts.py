"""Sessions and passwords: taking over, guessing, being led away."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from tests.attacks.attack import METHOD, Attack, played

WHO_AM_I = METHOD + "frappe.auth.get_logged_user"
RESET = METHOD + "frappe.core.doctype.user.user.reset_password"
ELSEWHERE = (
	"https://evil.example",
	"http://evil.example/app",
	"//evil.example",
	"///evil.example",
	"/\\evil.example",
	"https:evil.example",
	"https://evil.example/@own",
	"javascript:alert(1)",
	"data:text/html,x",
	"/\tevil.example",
)
ORIGINS = ("https://evil.example", "null", "https://localhost.evil.example", "http://evil.example:8000")
_number = itertools.count()


def sessions(facts: dict) -> Iterator[Attack]:
	"""A session in the address, a foreign page that acts with the cookie, a login that leads elsewhere."""
	mine = facts["users"]["worker"]

	def named_in(method: str, path: str, place: str):
		def play(target) -> bool:
			sid = target.session("worker").cookies["sid"]
			values = {"params": {"sid": sid}} if place == "address" else {"data": {"sid": sid}}
			return mine in target.visitor().request(method, target.url + path, timeout=60, **values).text

		return play

	for method, path, place in (
		("GET", WHO_AM_I, "address"),
		("POST", WHO_AM_I, "address"),
		("POST", WHO_AM_I, "form"),
		("GET", "/?cmd=frappe.auth.get_logged_user", "address"),
		("POST", "/?cmd=frappe.auth.get_logged_user", "form"),
		("GET", "/app", "address"),
	):
		yield played("session named", "guest", f"{method} {path} in the {place}", named_in(method, path, place))
	yield played("session named", "guest", "sets the visitor's cookie", sets_cookie)
	for origin in ORIGINS:
		yield played("foreign page", "front", f"adds a help request from {origin}", from_page(origin, as_json=False))
		yield played("foreign page", "front", f"the same in JSON from {origin}", from_page(origin, as_json=True))
	for address in ELSEWHERE:
		yield Attack(
			"led away",
			"worker",
			address,
			"GET",
			"/login",
			leads_away,
			{"redirect-to": address},
		)


def leads_away(answer, target) -> bool:
	"""Where a browser would go: it reads \\ as / and leaves out tabs."""
	address = (
		answer.headers.get("Location", "").replace("\\", "/").replace("\t", "").replace("%09", "").replace("%5C", "/")
	)
	parts = urlsplit(urljoin(f"http://{target.host}/login", address))
	own = {target.host.split(":")[0], urlsplit(target.url).hostname}
	return parts.scheme not in ("http", "https") or parts.hostname not in own


def sets_cookie(target) -> bool:
	sid = target.session("worker").cookies["sid"]
	visitor = target.visitor()
	visitor.get(target.url + "/login", params={"sid": sid}, timeout=60, allow_redirects=False)
	return visitor.cookies.get("sid") == sid


def from_page(origin: str, as_json: bool):
	"""Another website sends a form with the cookie of somebody who has not opened the desk yet."""

	def play(target) -> bool:
		visitor = target.log_in("front")
		visitor.headers.pop("X-Frappe-CSRF-Token", None)
		doc = {"doctype": "Help Request", "topics": [{"topic": "Social"}], "language": "nl", "note": "x"}
		answer = visitor.post(
			target.url + "/api/resource/Help Request",
			headers={"Origin": origin},
			**({"json": doc} if as_json else {"data": {"data": target.json(doc)}}),
			timeout=60,
		)
		return answer.status_code == 200

	return play


def passwords(facts: dict) -> Iterator[Attack]:
	"""Guessing without an end, mails that lead elsewhere, a new password without the old one."""
	for wrong in (5, 6, 8, 12):
		yield played("guessing", "guest", f"the right password after {wrong} wrong ones", guesses(wrong, False))
		yield played("guessing", "guest", f"the same from {wrong} addresses", guesses(wrong, True))
	for header in ("X-Forwarded-For", None):
		for method in ("GET", "POST"):
			yield played("no limit", "guest", f"reset by {method}, {header or 'one address'}", resets(method, header))
	for host in ("evil.example", "evil.example:81", "own.evil.example"):
		yield played("mail leads away", "guest", f"reset asked of {host}", mail_of(host))
	for number, address in enumerate(("nobody@example.org", "Administrator", "Guest", "attack-nobody@example.org")):
		# each from an address of its own, since the framework's limit believes the header
		headers = {"X-Forwarded-For": f"10.3.2.{number}"}
		yield Attack("unknown address", "guest", address, "POST", RESET, tells, {"user": address}, headers)
	for who in ("worker", "front", "volunteer", "board"):
		me = facts["users"][who]
		doc = {"new_password": "Nieuw-geheim-7781"}
		for name, method, path, values in (
			("REST", "PUT", f"/api/resource/User/{me}", {"data": doc}),
			(
				"set value",
				"POST",
				METHOD + "frappe.client.set_value",
				{"doctype": "User", "name": me, "fieldname": "new_password", "value": "Nieuw-geheim-7781"},
			),
		):
			yield played(
				"new password", who, f"by {name} without the old one", changes_password(who, method, path, values)
			)


def tells(answer, target) -> bool:
	return answer.status_code == 404 or "not found" in answer.text or "not allowed" in answer.text


def guesses(wrong: int, many_addresses: bool):
	def play(target) -> bool:
		user, login = target.facts["spare"].pop(), target.url + METHOD + "login"
		visitor = target.visitor()
		for number in range(wrong):
			headers = {"X-Forwarded-For": f"10.1.2.{number}"} if many_addresses else {}
			visitor.post(login, data={"usr": user, "pwd": f"wrong-{number}"}, headers=headers, timeout=60)
		answer = visitor.post(login, data={"usr": user, "pwd": target.facts["password"]}, timeout=60)
		return answer.status_code == 200

	return play


def resets(method: str, header: str | None):
	"""Eight times for one account in a row; the framework's own limit is five in an hour."""

	def play(target) -> bool:
		user = f"attack-unknown-{next(_number)}@example.org"
		codes = []
		for number in range(8):
			headers = {header: f"10.9.8.{number}"} if header else {}
			values = {"params" if method == "GET" else "data": {"user": user}}
			codes.append(target.visitor().request(method, target.url + RESET, headers=headers, timeout=60, **values))
		return all(answer.status_code in (200, 404) for answer in codes)

	return play


def mail_of(host: str):
	def play(target) -> bool:
		headers = {
			"Host": host,
			"X-Frappe-Site-Name": target.host.split(":")[0],
			"X-Forwarded-For": f"10.4.2.{len(host)}",
		}
		user = target.facts["users"]["victim"]
		target.visitor().post(target.url + RESET, data={"user": user}, headers=headers, timeout=60)
		listed = target.session("admin").get(
			target.url + "/api/resource/Email Queue",
			params={"fields": '["message"]', "order_by": "creation desc", "limit_page_length": 3},
			timeout=60,
		)
		return host in listed.text.replace("=\\n", "")

	return play


def changes_password(who: str, method: str, path: str, values: dict):
	def play(target) -> bool:
		data = {key: target.json(value) if isinstance(value, dict) else value for key, value in values.items()}
		answer = target.session(who).request(method, target.url + path, data=data, timeout=60)
		if answer.status_code != 200:
			return False
		login = {"usr": target.facts["users"][who], "pwd": "Nieuw-geheim-7781"}
		won = target.visitor().post(target.url + METHOD + "login", data=login, timeout=60).status_code == 200
		if won:  # a new password ends the sessions of the account; put the old one back for the other attacks
			target.sessions.pop(who)
			target.facts["passwords"][who] = login["pwd"]
		return won

	return play
