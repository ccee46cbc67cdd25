"""The keys of a site: kept in one file outside the database, the site's folder and every backup.

The file is JSON of mode 0600: {"current": "k2", "keys": {"k1": "<base64>", "k2": "<base64>"}, "purposes": {...}}. Whoever has a
backup and not this file has cipher text. Whoever loses this file has lost the encrypted fields: `doctor` and the
handbook say to keep a copy on paper or in a safe.
"""

import base64
import json
import os
import secrets
from copy import deepcopy
from functools import lru_cache
from pathlib import Path

import frappe
from frappe import _

KEY_BYTES = 32
# lasting keys, made with the file so that two processes never make different ones
PURPOSES = ("access-log", "fingerprint")


class KeyFileError(frappe.ValidationError):
	"""The key file is missing, unreadable or lacks a key that a value was encrypted with."""


def path() -> Path:
	"""Where the keys of this site are; `lsm_key_file` in the site's config, or config/keys/ of the bench."""
	return _path(frappe.conf.get("lsm_key_file"), frappe.utils.get_bench_path(), frappe.local.site)


@lru_cache(maxsize=64)
def _path(configured: str | None, bench: str, site: str) -> Path:
	return Path(configured) if configured else Path(bench) / "config" / "keys" / f"{site}.json"


def current() -> tuple[str, bytes]:
	"""Number and bytes of the key that new values are encrypted with."""
	content = _load()
	return content["current"], _decode(content["keys"][content["current"]])


def get(key_id: str) -> bytes:
	"""The key with this number, also one from before a rotation."""
	keys = _load()["keys"]
	if key_id not in keys:
		frappe.throw(
			_("A protected value cannot be read: its key is not in the key file."),
			title=_("Key missing"),
			exc=KeyFileError,
		)
	return _decode(keys[key_id])


def purpose(name: str) -> bytes:
	"""A lasting key for one purpose, such as the pseudonyms of the access log; not touched by rotation."""
	return _decode(_load()["purposes"][name])


def add_key() -> str:
	"""Make a new current key and give its number; older ones stay so that older values can be read."""
	content = deepcopy(_load())
	number = max(int(key[1:]) for key in content["keys"]) + 1
	key_id = f"k{number}"
	content["keys"][key_id] = _fresh()
	content["current"] = key_id
	_write(path(), content)
	return key_id


def drop_keys_but_current() -> list[str]:
	"""Forget older keys, once no value needs them."""
	content = deepcopy(_load())
	gone = [key for key in content["keys"] if key != content["current"]]
	content["keys"] = {content["current"]: content["keys"][content["current"]]}
	_write(path(), content)
	return gone


def ensure() -> Path:
	"""Make the key file where there is none yet; never replaces one."""
	target = path()
	if not target.exists():
		purposes = {name: _fresh() for name in PURPOSES}
		_write(target, {"current": "k1", "keys": {"k1": _fresh()}, "purposes": purposes}, exclusive=True)
	return target


def _load() -> dict:
	target = path()
	try:
		return _read(str(target), target.stat().st_mtime_ns)
	except FileNotFoundError:
		if _site_has_protected_values():
			# a new key would hide that the old one is lost
			frappe.throw(
				_("The key file of this site is missing, so protected fields cannot be read or written."),
				title=_("Key missing"),
				exc=KeyFileError,
			)
		ensure()
		return json.loads(target.read_text())
	except (OSError, ValueError):
		frappe.throw(_("The key file of this site cannot be read."), title=_("Key unreadable"), exc=KeyFileError)
		raise


def _site_has_protected_values() -> bool:
	return bool(frappe.db and frappe.db.get_default("lsm_keys_made"))


@lru_cache(maxsize=8)
def _read(name: str, _changed: int) -> dict:
	return json.loads(Path(name).read_text())


def _write(target: Path, content: dict, exclusive: bool = False) -> None:
	target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
	temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
	descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
	with os.fdopen(descriptor, "w") as file:
		json.dump(content, file)
		file.flush()
		os.fsync(file.fileno())
	try:
		if exclusive:
			os.link(temporary, target)  # fails where another process was first
		else:
			os.replace(temporary, target)
	except FileExistsError:
		pass
	finally:
		temporary.unlink(missing_ok=True)


def _fresh() -> str:
	return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _decode(text: str) -> bytes:
	return base64.b64decode(text)
