"""No package has a published hole, and none is left unchecked; from the dated list in config/advisories.toml."""

import datetime
import re

import pytest
from packaging.version import Version

from config.services.bench import ROOT

tomllib = pytest.importorskip("tomllib")  # Python 3.11 and newer
LIST = tomllib.loads((ROOT / "config" / "advisories.toml").read_text())
RENEW_AFTER = 120


def locked() -> dict[str, str]:
	found = re.findall(
		r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", (ROOT / "config" / "requirements.lock").read_text(), re.MULTILINE
	)
	return {name.lower().replace("_", "-"): version for name, version in found}


def findings(packages: dict[str, str]) -> list[str]:
	wrong = []
	for name, version in packages.items():
		least = LIST["fixed_in"].get(name) or LIST["reviewed"].get(name)
		if least is None:
			wrong.append(f"{name} {version} could not be checked: it is not in config/advisories.toml")
		elif Version(version) < Version(least):
			wrong.append(f"{name} {version} is older than {least}")
	return wrong


def test_no_package_has_a_published_hole():
	assert findings(locked()) == []


def test_an_old_and_an_unknown_package_are_noticed():
	assert len(findings({"werkzeug": "2.3.7", "made-up-package": "1.0", "jinja2": "3.1.6"})) == 2


def test_the_list_is_not_old():
	age = (datetime.date.today() - LIST["date"]).days
	assert age <= RENEW_AFTER, f"config/advisories.toml is {age} days old; renew it, see docs/safety/dependencies.md"
