"""What this machine must have: Debian's packages, room on the disk, Node."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

# program that shows it is there -> Debian package
PROGRAMS = {
	"mariadbd": "mariadb-server-core",
	"mariadb-dump": "mariadb-client",
	"redis-server": "redis-server",
	"nginx": "nginx-light",
	"node": "nodejs",
	"npm": "npm",
	"git": "git",
}
TEST_PROGRAMS = {"chromium": "chromium", "faketime": "faketime"}
# A file that shows it is there -> Debian package: shaping for the PDFs, and fonts of the eleven languages.
FILES = {
	"/usr/lib/*/libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
	"/usr/lib/*/libharfbuzz-subset.so.0": "libharfbuzz-subset0",
	"/usr/share/fonts/truetype/noto/NotoSansEthiopic-Regular.ttf": "fonts-noto-core",
	"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc": "fonts-noto-cjk",
}
MINIMUM_NODE = 20
MINIMUM_DISK_MIB = 3000
SEARCH_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/bin"


class MachineError(Exception):
	"""Something is missing on the machine; the message says what and how to mend it."""


def find(program: str) -> str | None:
	return shutil.which(program, path=SEARCH_PATH)


def missing_packages(tests: bool = False) -> list[str]:
	"""Debian packages that are needed and not here."""
	programs = {**PROGRAMS, **(TEST_PROGRAMS if tests else {})}
	missing = [package for program, package in programs.items() if not find(program)]
	missing += [package for file, package in FILES.items() if not any(Path("/").glob(file[1:]))]
	try:
		import ensurepip  # noqa: F401
	except ImportError:
		missing.append("python3-venv")
	return sorted(set(missing))


def install_packages(packages: list[str], say) -> None:
	"""Install Debian packages without starting their system services, where this user may."""
	command = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
	prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
	may = find("apt-get") and (not prefix or can_sudo())
	if not may:
		raise MachineError(
			f"These Debian packages are missing: {', '.join(packages)}. Install them with: sudo {command}"
		)
	say(f"Installing Debian packages: {', '.join(packages)}")
	with NoServiceStart(prefix):
		environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
		subprocess.run([*prefix, "apt-get", "update", "-qq"], check=False, capture_output=True)
		done = subprocess.run(
			[*prefix, *environment, *command.replace("apt-get", "apt-get -qq", 1).split()],
			capture_output=True,
			text=True,
		)
	if done.returncode or (still := set(packages) & set(missing_packages(tests=True))):
		reason = done.stderr.strip().splitlines()[-1:] or [f"{', '.join(still)} still missing"]
		raise MachineError(f"Debian's packages could not be installed ({reason[0]}). Try: {command}")


def can_sudo() -> bool:
	return bool(find("sudo")) and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0


class NoServiceStart:
	"""While packages are installed, keep Debian from starting their system services."""

	path = Path("/usr/sbin/policy-rc.d")

	def __init__(self, prefix: list[str]):
		self.prefix = prefix
		self.placed = False

	def __enter__(self):
		if not self.path.exists():
			text = "#!/bin/sh\nexit 101\n"
			subprocess.run([*self.prefix, "tee", str(self.path)], input=text, text=True, capture_output=True)
			subprocess.run([*self.prefix, "chmod", "755", str(self.path)], check=False)
			self.placed = True

	def __exit__(self, *_):
		if self.placed:
			subprocess.run([*self.prefix, "rm", "-f", str(self.path)], check=False)


def check_node() -> None:
	version = subprocess.run([find("node") or "node", "--version"], capture_output=True, text=True).stdout
	if int(version.strip().lstrip("v").split(".")[0] or 0) < MINIMUM_NODE:
		raise MachineError(f"Node {version.strip()} is too old; the asset builder needs Node {MINIMUM_NODE} or newer.")


def check_disk(folder: Path, needed_mib: int = MINIMUM_DISK_MIB) -> None:
	free = shutil.disk_usage(folder).free // 2**20
	if free < needed_mib:
		raise MachineError(
			f"Only {free} MiB are free on the disk of {folder}; {needed_mib} MiB are needed. Free some room and try again."
		)
