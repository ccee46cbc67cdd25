"""A bench of its own whose app is the exported repository, and a site on it with the framework alone."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from config.services.bench import ROOT
from config.services.database import connect, root_account
from tests.support import BENCH

SITE = "lsm-install.localhost"


class ExportBench:
	"""The exported app on a bench of its own, served by the test bench's database and Redis."""

	def __init__(self, root: Path):
		self.root = root
		self.app = root / "apps" / "lsm_crm"
		self.sites = root / "sites"

	def lay_out(self) -> None:
		for folder in (self.sites, self.root / "logs", self.root / "config" / "pids", self.app.parent):
			folder.mkdir(parents=True)
		(self.root / "apps" / "frappe").symlink_to(ROOT / "apps" / "frappe")
		(self.root / "env").symlink_to(ROOT / "env")
		(self.sites / "assets").symlink_to(BENCH.sites / "assets")
		shutil.copy(ROOT / "sites" / "common_site_config.json", self.sites)
		(self.sites / "apps.txt").write_text("frappe\nlsm_crm\n")

	def environment(self) -> dict[str, str]:
		own = {"FRAPPE_BENCH_ROOT": str(self.root), "PYTHONPATH": f"{self.app}:{ROOT}"}
		return {**BENCH.environment(), **own}

	def work(self, action: str, check: bool = True, **values: Any) -> subprocess.CompletedProcess:
		done = subprocess.run(
			[str(ROOT / "env/bin/python"), "-m", "config.services.site_worker", action],
			input=json.dumps({"site": SITE, **values}),
			text=True,
			capture_output=True,
			cwd=self.sites,
			env=self.environment(),
		)
		assert not check or done.returncode == 0, done.stdout[-1500:] + done.stderr[-3000:]
		return done

	def database(self):
		return connect(BENCH, database=self.settings()["db_name"])

	def settings(self) -> dict[str, Any]:
		return json.loads((self.sites / SITE / "site_config.json").read_text())


@pytest.fixture(scope="package")
def exported(tmp_path_factory):
	bench = ExportBench(tmp_path_factory.mktemp("export") / "bench")
	bench.lay_out()
	done = subprocess.run([str(ROOT / "lsm"), "export-app", str(bench.app)], capture_output=True, text=True)
	assert done.returncode == 0, done.stdout + done.stderr
	user, password = root_account(BENCH)
	bench.work("create", root_user=user, root_password=password, admin_password="only-for-this-test", settings={})
	yield bench
	with bench.database() as connection:
		name = connection.db.decode()
		connection.cursor().execute(f"DROP DATABASE `{name}`")
		connection.cursor().execute(f"DROP USER IF EXISTS '{name}'@'%'")
