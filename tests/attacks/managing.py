"""What even a manager of the site may not do: programs in the database, templates that reach beyond their record."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.attacks.attack import METHOD, Attack, played, says_yes

PROGRAM = "frappe.response['message'] = frappe.db.sql('select full_name from tabClient')"
SCRIPTS = {
	"API": {"script_type": "API", "api_method": "attack_api", "allow_guest": 1, "script": PROGRAM},
	"scheduler": {"script_type": "Scheduler Event", "event_frequency": "Daily", "script": "x = 1"},
	"event": {
		"script_type": "DocType Event",
		"reference_doctype": "Client",
		"doctype_event": "Before Save",
		"script": "x = 1",
	},
	"query": {"script_type": "Permission Query", "reference_doctype": "Client", "script": "conditions = '1=1'"},
}
TEMPLATES = (
	"{{ frappe.db.get_value('Client', {'city': ('!=', '~')}, 'last_name') }}",
	"{{ frappe.get_all('Client', fields=['last_name']) }}",
	"{{ frappe.db.sql('select last_name from tabClient') }}",
	"{{ frappe.get_list('Client', fields=['last_name'], ignore_permissions=True) }}",
	"{% for c in frappe.get_all('Client', pluck='last_name') %}{{ c }}{% endfor %}",
	"{{ frappe.get_doc('Client', frappe.get_all('Client', filters={'last_name': ('like', 'KANARIE%')})[0].name).last_name }}",
)


def managing(facts: dict) -> Iterator[Attack]:
	for name, values in SCRIPTS.items():
		doc = {"doctype": "Server Script", "name": f"attack {name}", **values}
		yield made("program", f"server script: {name}", doc)
	yield played("program", "admin", "a guest runs a server script", runs_script)
	for code in ("print(frappe.db.sql('select 1'))", "frappe.db.set_value('User', 'Guest', 'enabled', 1)"):
		yield Attack(
			"program",
			"admin",
			f"console: {code[:20]}",
			"POST",
			METHOD + "frappe.desk.doctype.system_console.system_console.execute_code",
			says_yes,
			{"doc": json.dumps({"doctype": "System Console", "console": code, "type": "Python"})},
		)
	yield made(
		"program",
		"query report",
		{
			"doctype": "Report",
			"report_name": "attack query",
			"ref_doctype": "User",
			"report_type": "Query Report",
			"is_standard": "No",
			"query": "select full_name from tabClient",
		},
	)
	yield made(
		"program",
		"script report",
		{
			"doctype": "Report",
			"report_name": "attack script",
			"ref_doctype": "User",
			"report_type": "Script Report",
			"is_standard": "No",
			"report_script": "data = [], []",
		},
	)
	script = {
		"doctype": "Client Script",
		"name": "attack",
		"dt": "Client",
		"view": "Form",
		"enabled": 1,
		"script": "alert(1)",
	}
	yield made("program", "client script", script)
	yield made(
		"program", "custom field", {"doctype": "Custom Field", "dt": "Client", "fieldname": "x1", "fieldtype": "HTML"}
	)
	yield made(
		"program",
		"webhook",
		{
			"doctype": "Webhook",
			"name": "attack",
			"webhook_doctype": "Client",
			"webhook_docevent": "on_update",
			"request_url": "http://127.0.0.1:1/x",
			"request_method": "POST",
		},
	)
	yield made("program", "web page", {"doctype": "Web Page", "title": "attack", "route": "attack", "published": 1})
	for number, text in enumerate(TEMPLATES):
		yield played("template", "admin", f"mail text {number}", renders(number, text))
		letter = {"doctype": "Letter Head", "letter_head_name": f"attack {number}", "source": "HTML", "content": text}
		yield made("template", f"letter head {number}", letter)


def made(group: str, name: str, doc: dict) -> Attack:
	path, data = f"/api/resource/{doc['doctype']}", {"data": json.dumps(doc)}
	return Attack(group, "admin", name, "POST", path, says_yes, data)


def runs_script(target) -> bool:
	return target.facts["canary"] in target.visitor().get(target.url + METHOD + "attack_api", timeout=60).text


def renders(number: int, text: str):
	"""A manager writes a mail text, a case worker has it filled in."""

	def play(target) -> bool:
		name = f"attack {number}"
		doc = {"doctype": "Email Template", "name": name, "subject": "x", "use_html": 1, "response_html": text}
		target.session("admin").post(
			target.url + "/api/resource/Email Template", data={"data": target.json(doc)}, timeout=60
		)
		answer = target.session("worker").post(
			target.url + METHOD + "frappe.email.doctype.email_template.email_template.get_email_template",
			data={"template_name": name, "doc": "{}"},
			timeout=60,
		)
		return target.facts["canary"] in answer.text

	return play
