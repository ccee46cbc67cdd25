"""`bench lsm-rotate-key`, `bench lsm-verify-log`, `bench lsm-make-access-log`, `bench lsm-reset-second-factor`."""

import sys

import click
import frappe
from frappe.commands import get_site, pass_context


@click.command("lsm-rotate-key")
@pass_context
def rotate_key(context) -> None:
	"""Write every protected field and private file with a new key, then forget the old ones."""
	_connect(context)
	from lsm_crm.services import key_rotation

	counts = key_rotation.rotate()
	click.echo(
		f"{counts['fields']} fields and {counts['files']} files written with a new key. Keep a copy of the new key file."
	)


@click.command("lsm-verify-log")
@pass_context
def verify_log(context) -> None:
	"""Walk the access log's chain; fails and says where when a row was changed or is missing."""
	_connect(context)
	from lsm_crm.services import read_log

	wrong = read_log.verify()
	for line in wrong:
		click.echo(line, err=True)
	click.echo("The access log is whole." if not wrong else "The access log was tampered with.")
	sys.exit(1 if wrong else 0)


@click.command("lsm-make-access-log")
@click.option("--root-user", default="root")
@click.option("--root-password", prompt=True, hide_input=True)
@pass_context
def make_access_log(context, root_user: str, root_password: str) -> None:
	"""Make the access log's own database on a bench that was not started by this repository. The password is asked for."""
	_connect(context)
	from lsm_crm.services import read_log_store

	read_log_store.create(root_user, root_password)
	click.echo("The access log has its own database now.")


@click.command("lsm-reset-second-factor")
@click.argument("user")
@pass_context
def reset_second_factor(context, user: str) -> None:
	"""Forget a lost second factor; USER enrols again at the next login."""
	_connect(context)
	from lsm_crm.services import second_factor

	second_factor.reset(user)
	frappe.db.commit()
	click.echo(f"{user} enrols again at the next login.")


def _connect(context) -> None:
	frappe.init(site=get_site(context))
	frappe.connect()
