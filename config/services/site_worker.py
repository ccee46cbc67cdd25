"""Actions on a site that run inside the framework: `python -m config.services.site_worker ACTION`.

Reads its values as JSON from standard input, in the bench's sites folder. The last line that an action
prints is its result.
"""

from __future__ import annotations

import json
import sys


def create(site: str, root_user: str, root_password: str, admin_password: str, settings: dict) -> None:
	"""Create an empty site with the framework alone."""
	import frappe
	from frappe.installer import _new_site, update_site_config

	frappe.init(site=site, new_site=True)
	_new_site(
		None,
		site,
		db_root_username=root_user,
		db_root_password=root_password,
		admin_password=admin_password,
		db_type="mariadb",
		no_mariadb_socket=True,
		force=True,
		install_apps=[],
	)
	frappe.init(site=site, force=True)
	for key, value in settings.items():
		update_site_config(key, value)


def connected(site: str):
	import frappe

	frappe.init(site=site)
	frappe.connect()
	return frappe


def install(site: str, app: str) -> None:
	from frappe.installer import install_app

	frappe = connected(site)
	install_app(app, verbose=False)
	frappe.utils.scheduler.enable_scheduler()
	frappe.db.commit()


def access_log(site: str, root_user: str, root_password: str) -> None:
	"""The access log's own database, in which the site's log account may insert and read only."""
	connected(site)
	from lsm_crm.services.read_log_store import create as create_log

	create_log(root_user, root_password)


def uninstall(site: str, app: str) -> None:
	from frappe.installer import remove_app

	connected(site)
	remove_app(app, yes=True, no_backup=True, force=True)


def migrate(site: str) -> None:
	from frappe.migrate import SiteMigration

	SiteMigration().run(site=site)


def sample(site: str) -> None:
	"""Load the sample data; prints the sample accounts as JSON."""
	frappe = connected(site)
	from lsm_crm.setup.sample import load

	accounts = load()
	frappe.db.commit()
	print(json.dumps(accounts))


def clear_sample(site: str) -> None:
	frappe = connected(site)
	from lsm_crm.setup.sample import clear

	clear()
	frappe.db.commit()


def doctor(site: str) -> None:
	"""Print a line for each thing that is wrong on the site: what, a tab, what mends it."""
	connected(site)
	from lsm_crm.setup.doctor import findings

	for trouble, remedy in findings():
		print(f"{trouble}\t{remedy}")


def secure(site: str) -> None:
	"""What a site for real use has on: the second factor for staff."""
	frappe = connected(site)
	from lsm_crm.setup.secure import secure as secure_site

	secure_site()
	frappe.db.commit()


ACTIONS = {
	action.__name__: action
	for action in (create, access_log, install, uninstall, migrate, sample, clear_sample, doctor, secure)
}

if __name__ == "__main__":
	ACTIONS[sys.argv[1]](**json.load(sys.stdin))
