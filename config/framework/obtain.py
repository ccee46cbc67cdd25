"""Put the Frappe Framework into apps/frappe.

Frappe is published on no package registry under its own name. One package on PyPI carries it whole with
its names changed; `source.json` pins that package by hash and the finished tree by digest. The names are
changed back here, nothing else is. `LSM_FRAPPE` (a wheel, or a folder of a Frappe 15) is taken instead
where it is set.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = ROOT / "apps" / "frappe"
# Says inside the target where it came from: "pinned", or the path that LSM_FRAPPE named.
MARKER = ".obtained-from"
PINS = json.loads((HERE / "source.json").read_text())

# In this order: the longer names hold the shorter ones.
NAMES: list[tuple[re.Pattern[bytes], bytes]] = [
	(re.compile(rb"criscostack"), b"frappe"),
	(re.compile(rb"Criscostack"), b"Frappe"),
	(re.compile(rb"CRISCOSTACK"), b"FRAPPE"),
	(re.compile(rb"criscoerp"), b"erpnext"),
	(re.compile(rb"Criscoerp"), b"ERPNext"),
	(re.compile(rb"Crisco"), b"Frappe"),
	# A word of its own or before an underscore: "Fabrik" is a word in the translations.
	(re.compile(rb"(?<![A-Za-z0-9_])brik(?![A-Za-z0-9])"), b"bench"),
]

PYPROJECT = """[project]
name = "frappe"
version = "{version}"
description = "Frappe Framework, as obtained by this bench"
requires-python = ">=3.10,<3.13"

[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"

[tool.setuptools.packages.find]
include = ["frappe*"]
"""


class ObtainError(Exception):
	"""The framework could not be put in place; the message says why and what to do."""


def restore_names(data: bytes) -> bytes:
	"""Return `data` (file content or a path) with the framework's own names."""
	for pattern, name in NAMES:
		data = pattern.sub(name, data)
	return data


def tree_digest(folder: Path) -> str:
	"""SHA-256 over the sorted paths and contents of every file of the package in `folder`."""
	total = hashlib.sha256()
	for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
		total.update(path.relative_to(folder).as_posix().encode() + b"\0")
		total.update(hashlib.sha256(path.read_bytes()).digest())
	return total.hexdigest()


def download(into: Path) -> Path:
	"""Download the pinned wheel with pip, which checks its hash, and return its path."""
	requirement = into / "framework.txt"
	requirement.write_text(f"{PINS['package']}=={PINS['version']} --hash=sha256:{PINS['wheel_sha256']}\n")
	command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
	if os.environ.get("LSM_WHEELS"):
		command += ["--no-index", "--find-links", os.environ["LSM_WHEELS"]]
	done = subprocess.run([*command, "--dest", str(into), "-r", str(requirement)], capture_output=True, text=True)
	if done.returncode:
		reason = done.stderr.strip().splitlines()[-1:] or ["pip said nothing"]
		raise ObtainError(
			"The framework could not be downloaded. Is there a connection to the package registry? "
			f"Without one, set LSM_FRAPPE to the wheel or to a folder of a Frappe 15. pip: {reason[0]}"
		)
	return next(into.glob("*.whl"))


def unpack(wheel: Path, into: Path, rename: bool = True) -> None:
	"""Write the package of `wheel` below `into`, with its names changed back where `rename` says so."""
	change = restore_names if rename else bytes
	try:
		with zipfile.ZipFile(wheel) as archive:
			for member in archive.infolist():
				parts = Path(member.filename).parts
				if member.is_dir() or parts[0].endswith(".dist-info") or parts[-1] == ".DS_Store":
					continue
				if ".." in parts or Path(member.filename).is_absolute():
					raise ObtainError(f"{wheel.name} holds a path outside itself: {member.filename}")
				target = into / change(member.filename.encode()).decode()
				target.parent.mkdir(parents=True, exist_ok=True)
				target.write_bytes(change(archive.read(member)))
	except (zipfile.BadZipFile, zlib.error, EOFError) as error:
		raise ObtainError(f"{wheel.name} is damaged ({error}). Delete it and try again.") from error


def from_pinned_wheel(wheel: Path, into: Path) -> None:
	"""Unpack `wheel` below `into` and check the result against the pinned digest."""
	if not is_pinned(wheel):
		raise ObtainError(
			f"{wheel.name} is not the file that was pinned (its sha256 is not {PINS['wheel_sha256']}). "
			"Delete it and try again."
		)
	unpack(wheel, into)
	digest = tree_digest(into / "frappe")
	if digest != PINS["tree_sha256"]:
		raise ObtainError(
			f"The unpacked framework differs from what was pinned (digest {digest}, "
			f"expected {PINS['tree_sha256']}). Nothing was put in place."
		)
	write_pyproject(into, PINS["frappe_version"].replace("-", "."))


def is_pinned(wheel: Path) -> bool:
	return hashlib.sha256(wheel.read_bytes()).hexdigest() == PINS["wheel_sha256"]


def from_own(own: Path, into: Path) -> None:
	"""Take the Frappe 15 that LSM_FRAPPE names: the pinned wheel, a wheel of Frappe itself, or a folder."""
	if own.is_dir():
		check_version(own, own)
		shutil.copytree(own, into, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git", "node_modules"))
	elif not own.is_file():
		raise ObtainError(f"LSM_FRAPPE names {own}, which is not there.")
	elif is_pinned(own):
		from_pinned_wheel(own, into)
	else:
		unpack(own, into, rename=False)
	version = check_version(into, own)
	if not (into / "pyproject.toml").exists():
		write_pyproject(into, version)


def check_version(folder: Path, named: Path) -> str:
	"""The version of the Frappe in `folder`; raises where there is none or another than 15."""
	init = folder / "frappe" / "__init__.py"
	version = re.search(r'__version__ = "([^"]+)"', init.read_text()) if init.is_file() else None
	if not version:
		raise ObtainError(f"{named} holds no Frappe: frappe/__init__.py with a version is not there.")
	if not version[1].startswith("15."):
		raise ObtainError(f"{named} holds Frappe {version[1]}; this app needs version 15.")
	return version[1]


def write_pyproject(into: Path, version: str) -> None:
	(into / "pyproject.toml").write_text(PYPROJECT.format(version=version))


def wanted_source() -> str:
	own = os.environ.get("LSM_FRAPPE")
	return str(Path(own).resolve()) if own else "pinned"


def source() -> str:
	"""Where the framework in place came from: "pinned" or a path; "" where none is in place."""
	marker = TARGET / MARKER
	return marker.read_text().strip() if marker.is_file() else ""


def installed() -> bool:
	"""Is a whole framework in place, and the one that LSM_FRAPPE names where it is set?

	The folder is renamed into place last, so it is whole or absent.
	"""
	is_whole = (TARGET / "frappe" / "__init__.py").is_file()
	return is_whole and (not os.environ.get("LSM_FRAPPE") or source() == wanted_source())


def verify() -> bool:
	"""Is what is in place what was pinned? True as well for a framework of the user's own."""
	return source() not in ("", "pinned") or tree_digest(TARGET / "frappe") == PINS["tree_sha256"]


def obtain() -> Path:
	"""Put the framework in apps/frappe, wholly or not at all, and return that folder.

	Raises ObtainError with a sentence for the reader.
	"""
	if installed():
		return TARGET
	TARGET.parent.mkdir(parents=True, exist_ok=True)
	with tempfile.TemporaryDirectory(prefix=".frappe-", dir=TARGET.parent) as scratch:
		built = Path(scratch) / "frappe"
		built.mkdir()
		if own := os.environ.get("LSM_FRAPPE"):
			from_own(Path(own), built)
		else:
			from_pinned_wheel(download(Path(scratch)), built)
		(built / MARKER).write_text(wanted_source() + "\n")
		if TARGET.exists():
			shutil.rmtree(TARGET)
		built.rename(TARGET)
	return TARGET


if __name__ == "__main__":
	try:
		print(obtain())
	except ObtainError as error:
		sys.exit(str(error))
