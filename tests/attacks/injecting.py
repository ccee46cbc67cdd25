"""SQL through arguments of lists."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.attacks.attack import METHOD, Attack, says_yes

LEAK = "(select group_concat(full_name) from `tabClient`)"
PAYLOADS = {
	"filters": (
		f"name like '%' and 1=(select 1) union select {LEAK} -- ",
		"1=1",
		"1=1) or (1=1",
		"name is not null",
		"`tabUser`.`name` = `tabUser`.`name`",
	),
	"order_by": (
		"(case when (select 1)=1 then name else owner end)",
		"`tabLanguage`.`name`, (select sleep(0))",
		"rand(1)",
		"length(name)",
	),
	"group_by": (
		"name having 1=1",
		"length(name)",
		"name with rollup",
		"`tabLanguage`.name, owner having count(*) > 0",
	),
	"fields": (
		["name", "owner\n,(select 1) as x"],
		["name as `x`\n"],
		["length(name) as x"],
		["if(1=1, name, owner) as x"],
		["ifnull(name, 1) as x"],
		["concat(name, owner) as x"],
	),
}
LISTING = (
	("frappe.client.get_list", {}),
	("frappe.desk.reportview.get", {}),
	("frappe.desk.reportview.get_list", {}),
	("REST", {}),
)


def injecting(facts: dict) -> Iterator[Attack]:
	"""SQL through arguments of lists, asked of a DocType that the attacker may read."""
	for who in ("worker", "front"):
		for argument, payloads in PAYLOADS.items():
			for number, payload in enumerate(payloads):
				for function, more in LISTING:
					value = json.dumps(payload) if isinstance(payload, list) else payload
					arguments = {"doctype": "Help Topic", argument: value, "limit_page_length": 5, **more}
					if argument == "filters":
						arguments["filters"] = value
					arguments = {
						k: v.replace("tabLanguage", "tabHelp Topic") if isinstance(v, str) else v
						for k, v in arguments.items()
					}
					rest = function == "REST"
					if rest:
						arguments.pop("doctype")
					yield Attack(
						"SQL",
						who,
						f"{function} {argument} {number}",
						"GET" if rest else "POST",
						"/api/resource/Help Topic" if rest else METHOD + function,
						says_yes,
						arguments,
					)
