"""`./lsm backup` and `./lsm restore`; on another bench `python -m lsm_crm.commands.backups backup --site SITE` in the sites folder."""

import argparse
import sys
from pathlib import Path

import frappe


def main(arguments: list[str] | None = None) -> int:
	parser = argparse.ArgumentParser(prog="./lsm")
	actions = parser.add_subparsers(dest="action", required=True)
	make = actions.add_parser("backup", help="make an encrypted backup")
	make.add_argument("--site", required=True)
	make.add_argument("--list", action="store_true", help="list the backups there are")
	back = actions.add_parser("restore", help="put a backup back")
	back.add_argument("--site", required=True)
	back.add_argument("file", type=Path, help="the backup")
	back.add_argument("--identity", type=Path, help="file with the private key")
	options = parser.parse_args(arguments)
	frappe.init(site=options.site, sites_path=".")
	frappe.connect()
	from lsm_crm.services import backup

	try:
		return _restore(options) if options.action == "restore" else _backup(backup, options)
	except backup.BackupError as error:
		print(f"✗ {error}", file=sys.stderr)
		return 1
	finally:
		frappe.destroy()


def _backup(backup, options) -> int:
	if options.list:
		for path in backup.existing():
			print(f"{path}  {path.stat().st_size / 2**20:.1f} MiB")
		return 0
	path = backup.make()
	print(f"✓ {path}  {path.stat().st_size / 2**20:.1f} MiB")
	if backup.identity_file().exists():
		print(
			f"  The private key is {backup.identity_file()}. Move it to another machine or a safe: without it no backup opens."
		)
	return 0


def _restore(options) -> int:
	from lsm_crm.services import restore

	result = restore.restore(options.file, options.identity)
	print(f"✓ Restored, {result['files']} files. Erased again: {result['erased_again']}. Everybody logs in anew.")
	for folder in result["set_aside"]:
		print(f"  The files from before are in {folder}. Look whether one is missing, then delete that folder.")
	return 0


if __name__ == "__main__":
	sys.exit(main())
