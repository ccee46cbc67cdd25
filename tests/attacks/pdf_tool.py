"""The program by which the framework makes its PDFs, for the throwaway site alone.

This repository leaves it out on purpose: its development ended with open holes. To show what those holes give, Debian's package is
unpacked into a folder of its own, which only the throwaway site's process finds. Nothing is installed.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from config.services.bench import ROOT

FOLDER = ROOT / "var" / "attack-tools"
PACKAGE = "wkhtmltopdf"
WRAPPER = """#!/bin/sh
LIBRARIES=$(echo {root}/usr/lib/*-linux-gnu*)
export LD_LIBRARY_PATH="$LIBRARIES" QT_PLUGIN_PATH="$LIBRARIES/qt5/plugins" QT_QPA_PLATFORM=offscreen
exec {root}/usr/bin/wkhtmltopdf "$@"
"""


def folder() -> Path | None:
	"""The folder with the program, for a PATH; None where it can be neither found nor fetched."""
	program = FOLDER / "bin" / PACKAGE
	if not program.exists() and not _fetch(program):
		return None
	works = subprocess.run([program, "--version"], capture_output=True).returncode == 0
	return program.parent if works else None


def _fetch(program: Path) -> bool:
	archives = FOLDER / "archives"
	(archives / "partial").mkdir(parents=True, exist_ok=True)
	command = ["apt-get", "-qq", "-y", "--no-install-recommends", "--download-only"]
	options = ["-o", f"Dir::Cache::archives={archives}", "-o", "Debug::NoLocking=1"]
	try:
		if subprocess.run([*command, *options, "install", PACKAGE], capture_output=True).returncode:
			return False
	except FileNotFoundError:
		return False
	root = FOLDER / "root"
	for package in archives.glob("*.deb"):
		subprocess.run(["dpkg-deb", "-x", package, root], check=True)
		package.unlink()
	program.parent.mkdir(exist_ok=True)
	program.write_text(WRAPPER.format(root=root))
	os.chmod(program, 0o755)
	return True
