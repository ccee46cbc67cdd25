"""Every function that a request could call stands in a list of the guard; found by reading the source, not by importing it."""

from config.services.bench import ROOT
from lsm_crm.guard import lists, sources

FRAMEWORK = ROOT / "apps" / "frappe" / "frappe"
APP = ROOT / "apps" / "lsm_crm" / "lsm_crm"


def test_every_callable_function_is_sorted():
	missing = sources.unsorted([FRAMEWORK, APP], set(lists.all_names()))
	assert missing == [], f"{len(missing)} functions are in no list of guard/lists: {missing[:20]}"


def test_a_new_function_is_noticed(tmp_path):
	package = tmp_path / "made_up"
	package.mkdir()
	(package / "thing.py").write_text(
		"import frappe\n\n@frappe.whitelist(allow_guest=True)\ndef leak():\n\tpass\n\n"
		"class A:\n\t@frappe.whitelist()\n\tdef give(self):\n\t\tpass\n"
	)
	assert sources.unsorted([package], set(lists.all_names())) == [
		"made_up.thing.leak",
		"made_up.thing:A.give",
	]


def test_newer_names_are_not_those_of_this_framework():
	"""Each stands in one list only, and is really newer; what the desk needs of them names a check that there is."""
	here = set(sources.callables(FRAMEWORK))
	from lsm_crm.guard.lists import newer

	assert newer.FUNCTIONS
	assert here.isdisjoint(newer.FUNCTIONS)
	assert [name for name in newer.FUNCTIONS if lists.all_names()[name] != {"newer"}] == []
	absent = [name for name in lists.merged("FUNCTIONS", frozenset(("staff",))) if name.startswith("frappe.")]
	assert {name for name in absent if name not in here} >= {"frappe.client.validate_link_and_fetch"}


def test_a_newer_desk_function_is_sorted(tmp_path):
	"""The reading of the source works on a newer release: what it adds is found, and what is sorted is not told."""
	package = tmp_path / "frappe"
	(package / "core" / "api").mkdir(parents=True)
	(package / "core" / "api" / "user_invitation.py").write_text(
		"import frappe\n\n@frappe.whitelist(methods=['POST'])\ndef invite_by_email(emails):\n\tpass\n\n"
		"@frappe.whitelist()\ndef not_seen_before():\n\tpass\n"
	)
	assert sources.unsorted([package], set(lists.all_names())) == ["frappe.core.api.user_invitation.not_seen_before"]


def test_nothing_allowed_is_also_forbidden():
	names = lists.all_names()
	both = sorted(name for name, groups in names.items() if groups & {"never", "newer"} and len(groups) > 1)
	assert both == []


def test_what_may_be_called_by_get_changes_nothing():
	"""A GET entry's name must not say that it changes something."""
	changing = (
		"add",
		"set_",
		"save",
		"delete",
		"update",
		"insert",
		"create",
		"remove",
		"apply_workflow",
		"mark_",
		"cancel",
	)
	for group in lists.GROUPS:
		for name, rule in lists.merged("FUNCTIONS", frozenset((group,))).items():
			if "GET" in rule.split()[0].split("|"):
				last = name.rsplit(".", 1)[-1]
				assert not last.startswith(changing), f"{name} may be called by GET in the list of {group}"
