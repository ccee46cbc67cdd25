"""Commands of this app: `bench lsm-…`."""

from lsm_crm.commands.docs import write_docs
from lsm_crm.commands.guard import guard_list
from lsm_crm.commands.permissions import write_permissions
from lsm_crm.commands.privacy import make_access_log, reset_second_factor, rotate_key, verify_log
from lsm_crm.commands.translations import build_translations, update_translations, write_corrections

commands = [
	write_docs,
	guard_list,
	write_permissions,
	build_translations,
	update_translations,
	write_corrections,
	rotate_key,
	verify_log,
	make_access_log,
	reset_second_factor,
]
