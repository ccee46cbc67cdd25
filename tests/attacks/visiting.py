"""What a guest asks for."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from tests.attacks.attack import METHOD, Attack, says_yes


def visiting(facts: dict) -> Iterator[Attack]:
	"""A guest: pages, headers, addresses."""
	for doctype in ("User", "Client", "Case", "Language", "File", "Web Page"):
		yield Attack(
			"list page",
			"worker",
			doctype,
			"GET",
			f"/{quote(doctype)}",
			lambda answer, target: answer.status_code == 200,
		)
	for path in (
		"/website_theme",
		"/contact",
		"/about",
		"/third_party_apps",
		"/search",
		"/list?doctype=ToDo",
		"/me",
		"/profile",
		"/rss.xml",
		"/message",
		"/apps",
	):
		yield Attack(
			"page",
			"worker",
			path,
			"GET",
			path,
			lambda answer, target: answer.status_code == 200 and len(answer.text) > 200,
		)
	for function in GUEST_FUNCTIONS:
		yield Attack(
			"guest function", "guest", function, "POST", METHOD + function, says_yes, GUEST_FUNCTIONS[function]
		)
		yield Attack(
			"guest function",
			"guest",
			f"{function} by cmd",
			"POST",
			"/",
			says_yes,
			{"cmd": function, **GUEST_FUNCTIONS[function]},
		)
	for host in ("evil.example", "evil.example:80", "localhost.evil.example"):
		yield Attack(
			"foreign host",
			"guest",
			host,
			"GET",
			"/login",
			lambda answer, target: answer.status_code == 200,
			headers={"Host": host, "X-Frappe-Site-Name": "<site>"},
		)


GUEST_FUNCTIONS = {
	"frappe.client.get_time_zone": {},
	"frappe.core.api.file.get_max_file_size": {},
	"frappe.geo.country_info.get_country_timezone_info": {},
	"frappe.integrations.oauth2.openid_configuration": {},
	"frappe.utils.global_search.web_search": {"text": "a"},
	"frappe.website.doctype.website_settings.website_settings.get_auto_account_deletion": {},
	"frappe.www.login.send_login_link": {"email": "attack-worker@example.org"},
	"frappe.website.doctype.web_page_view.web_page_view.make_view_log": {
		"path": "x",
		"referrer": "x",
		"browser": "x",
		"version": "1",
		"user_tz": "UTC",
	},
	"frappe.desk.desk_page.getpage": {"name": "print"},
	"frappe.realtime.get_user_info": {},
	"frappe.realtime.can_subscribe_doctype": {"doctype": "Language"},
	"frappe.search.web_search": {"query": "a"},
}
