"""How the framework is put into apps/frappe: from small wheels and folders made here."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest

from config.framework import obtain
from config.framework.obtain import ObtainError, restore_names

PACKAGE = {
	"criscostack/__init__.py": '__version__ = "15.0.0-dev"\nimport criscostack\n',
	"criscostack/public/criscostack.js": "Crisco.brik = 'Fabrik'",
	"criscostack/.DS_Store": "x",
	"criscostack-1.0.0.dist-info/METADATA": "Name: criscostack",
}
UNPACKED = {
	"__init__.py": '__version__ = "15.0.0-dev"\nimport frappe\n',
	"public/frappe.js": "Frappe.bench = 'Fabrik'",
}


@pytest.fixture
def apps(tmp_path, monkeypatch) -> Path:
	"""An empty apps folder that obtain works in."""
	folder = tmp_path / "apps"
	monkeypatch.setattr(obtain, "TARGET", folder / "frappe")
	monkeypatch.delenv("LSM_FRAPPE", raising=False)
	monkeypatch.delenv("LSM_WHEELS", raising=False)
	return folder


@pytest.fixture
def pin(monkeypatch, tmp_path):
	"""Pins a wheel, and the tree that `UNPACKED` makes."""
	tree = tmp_path / "tree"
	for name, text in UNPACKED.items():
		(tree / name).parent.mkdir(parents=True, exist_ok=True)
		(tree / name).write_text(text)

	def do(wheel: Path, **others) -> Path:
		sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
		pins = {"wheel_sha256": sha256, "tree_sha256": obtain.tree_digest(tree), **others}
		monkeypatch.setattr(obtain, "PINS", {**obtain.PINS, **pins})
		monkeypatch.setattr(obtain, "download", lambda into: wheel)
		return wheel

	return do


def make_wheel(folder: Path, files: dict[str, str] = PACKAGE, name: str = "criscostack-1.0.0-py3-none-any.whl") -> Path:
	path = folder / name
	with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
		for member, text in files.items():
			archive.writestr(member, text)
	return path


def make_folder(folder: Path, version: str = "15.40.0") -> Path:
	(folder / "frappe").mkdir(parents=True)
	(folder / "frappe" / "__init__.py").write_text(f'__version__ = "{version}"\n')
	(folder / ".git").mkdir()
	(folder / ".git" / "config").write_text("x")
	(folder / "node_modules" / "vue").mkdir(parents=True)
	return folder


def assert_nothing_in_place(apps: Path) -> None:
	assert not apps.exists() or list(apps.iterdir()) == []


@pytest.mark.parametrize(
	("changed", "own"),
	[
		("import criscostack.utils", "import frappe.utils"),
		("Criscostack CRISCOSTACK_SITE Crisco", "Frappe FRAPPE_SITE Frappe"),
		("criscoerp Criscoerp", "erpnext ERPNext"),
		("brik start; a brik; brik_path; get-brik", "bench start; a bench; bench_path; get-bench"),
		("Fabrik Rubrik rubrik brikett my_brik brik2", "Fabrik Rubrik rubrik brikett my_brik brik2"),
	],
)
def test_names_are_changed_back(changed, own):
	assert restore_names(changed.encode()) == own.encode()


def test_the_pinned_wheel_is_put_in_place(apps, pin, tmp_path):
	pin(make_wheel(tmp_path))
	assert obtain.obtain() == apps / "frappe"
	files = {
		p.relative_to(apps / "frappe" / "frappe").as_posix(): p.read_text()
		for p in apps.rglob("frappe/frappe/**/*")
		if p.is_file()
	}
	assert files == UNPACKED
	assert "15.0.0.dev" in (apps / "frappe" / "pyproject.toml").read_text()
	assert [path.name for path in apps.iterdir()] == ["frappe"]
	assert obtain.installed() and obtain.verify()


def test_a_changed_file_is_noticed_and_compiled_ones_are_not(apps, pin, tmp_path):
	pin(make_wheel(tmp_path))
	package = obtain.obtain() / "frappe"
	(package / "__pycache__").mkdir()
	(package / "__pycache__" / "x.pyc").write_bytes(b"x")
	assert obtain.verify()
	(package / "public" / "frappe.js").write_text("changed")
	assert not obtain.verify()


def test_what_is_in_place_stays(apps, pin, tmp_path, monkeypatch):
	pin(make_wheel(tmp_path))
	obtain.obtain()
	monkeypatch.setattr(obtain, "download", lambda into: pytest.fail("downloaded again"))
	obtain.obtain()


def test_half_a_framework_is_replaced(apps, pin, tmp_path):
	(apps / "frappe" / "frappe").mkdir(parents=True)
	(apps / "frappe" / "left-over").touch()
	pin(make_wheel(tmp_path))
	obtain.obtain()
	assert obtain.verify() and not (apps / "frappe" / "left-over").exists()


def test_another_file_than_the_pinned_is_refused(apps, pin, tmp_path):
	pin(make_wheel(tmp_path), wheel_sha256="0" * 64)
	with pytest.raises(ObtainError, match="not the file that was pinned"):
		obtain.obtain()
	assert_nothing_in_place(apps)


def test_another_content_than_the_pinned_is_refused(apps, pin, tmp_path):
	pin(make_wheel(tmp_path), tree_sha256="0" * 64)
	with pytest.raises(ObtainError, match="differs from what was pinned"):
		obtain.obtain()
	assert_nothing_in_place(apps)


@pytest.mark.parametrize("damage", ["cut off", "a byte of a file", "no archive"])
def test_a_damaged_wheel_is_refused(apps, pin, tmp_path, damage):
	wheel = make_wheel(tmp_path, {"criscostack/__init__.py": "x = 1\n" * 1000})
	data = bytearray(wheel.read_bytes())
	if damage == "cut off":
		data = data[: len(data) // 2]
	elif damage == "a byte of a file":
		data[60] ^= 0xFF
	else:
		data = bytearray(b"<html>not found</html>")
	wheel.write_bytes(data)
	pin(wheel)
	with pytest.raises(ObtainError, match="is damaged"):
		obtain.obtain()
	assert_nothing_in_place(apps)


@pytest.mark.parametrize("path", ["../outside.py", "/outside.py", "criscostack/../../outside.py"])
def test_a_path_outside_the_wheel_is_refused(apps, pin, tmp_path, path):
	pin(make_wheel(tmp_path, {path: "x"}))
	with pytest.raises(ObtainError, match="outside itself"):
		obtain.obtain()
	assert_nothing_in_place(apps)
	assert not list(tmp_path.rglob("outside.py"))


def test_an_interrupted_attempt_leaves_nothing(apps, pin, tmp_path, monkeypatch):
	pin(make_wheel(tmp_path))
	monkeypatch.setattr(obtain, "tree_digest", lambda folder: (_ for _ in ()).throw(KeyboardInterrupt))
	with pytest.raises(KeyboardInterrupt):
		obtain.obtain()
	assert_nothing_in_place(apps)


@pytest.mark.parametrize(
	"pip_says", ["ERROR: No matching distribution found", "THESE PACKAGES DO NOT MATCH THE HASHES", ""]
)
def test_a_failing_download_says_what_to_do(apps, monkeypatch, pip_says):
	failed = subprocess.CompletedProcess([], 1, stdout="", stderr=pip_says)
	monkeypatch.setattr(obtain.subprocess, "run", lambda *args, **kwargs: failed)
	with pytest.raises(ObtainError, match="set LSM_FRAPPE") as raised:
		obtain.obtain()
	assert pip_says in str(raised.value)
	assert_nothing_in_place(apps)


def test_the_download_is_by_hash_and_from_a_folder_of_wheels(apps, monkeypatch, tmp_path):
	commands = []

	def run(command, **_):
		commands.append(command)
		requirement = Path(command[-1]).read_text()
		assert f"--hash=sha256:{obtain.PINS['wheel_sha256']}" in requirement
		make_wheel(Path(command[command.index("--dest") + 1]))
		return subprocess.CompletedProcess(command, 0, "", "")

	monkeypatch.setattr(obtain.subprocess, "run", run)
	monkeypatch.setenv("LSM_WHEELS", str(tmp_path / "wheels"))
	assert obtain.download(tmp_path).suffix == ".whl"
	assert {"--require-hashes", "--no-index", str(tmp_path / "wheels")} <= set(commands[0])


class TestOwnFramework:
	def test_a_folder_is_copied(self, apps, monkeypatch, tmp_path):
		monkeypatch.setenv("LSM_FRAPPE", str(make_folder(tmp_path / "mine")))
		target = obtain.obtain()
		assert (target / "frappe" / "__init__.py").is_file()
		assert not (target / ".git").exists() and not (target / "node_modules").exists()
		assert 'version = "15.40.0"' in (target / "pyproject.toml").read_text()

	def test_its_own_pyproject_stays(self, apps, monkeypatch, tmp_path):
		mine = make_folder(tmp_path / "mine")
		(mine / "pyproject.toml").write_text("theirs")
		monkeypatch.setenv("LSM_FRAPPE", str(mine))
		assert (obtain.obtain() / "pyproject.toml").read_text() == "theirs"

	def test_it_counts_as_right_also_without_the_variable(self, apps, monkeypatch, tmp_path):
		monkeypatch.setenv("LSM_FRAPPE", str(make_folder(tmp_path / "mine")))
		obtain.obtain()
		monkeypatch.delenv("LSM_FRAPPE")
		assert obtain.installed() and obtain.verify()

	def test_it_takes_the_place_of_the_pinned_one(self, apps, pin, monkeypatch, tmp_path):
		pin(make_wheel(tmp_path))
		obtain.obtain()
		monkeypatch.setenv("LSM_FRAPPE", str(make_folder(tmp_path / "mine")))
		assert not obtain.installed()
		assert "15.40.0" in (obtain.obtain() / "frappe" / "__init__.py").read_text()

	def test_the_pinned_wheel_is_checked_and_renamed(self, apps, pin, monkeypatch, tmp_path):
		monkeypatch.setenv("LSM_FRAPPE", str(pin(make_wheel(tmp_path))))
		assert obtain.tree_digest(obtain.obtain() / "frappe") == obtain.PINS["tree_sha256"]

	def test_a_wheel_of_frappe_itself_is_taken_as_it_is(self, apps, monkeypatch, tmp_path):
		files = {"frappe/__init__.py": '__version__ = "15.3.0"\n# brik\n'}
		monkeypatch.setenv("LSM_FRAPPE", str(make_wheel(tmp_path, files, "frappe-15.3.0-py3-none-any.whl")))
		assert "# brik" in (obtain.obtain() / "frappe" / "__init__.py").read_text()

	@pytest.mark.parametrize("version", ["14.70.1", "16.0.0", "1.15.0"])
	def test_another_version_is_refused(self, apps, monkeypatch, tmp_path, version):
		monkeypatch.setenv("LSM_FRAPPE", str(make_folder(tmp_path / "mine", version)))
		with pytest.raises(ObtainError, match=f"holds Frappe {version}; this app needs version 15"):
			obtain.obtain()
		assert_nothing_in_place(apps)

	def test_another_wheel_is_refused(self, apps, monkeypatch, tmp_path):
		monkeypatch.setenv("LSM_FRAPPE", str(make_wheel(tmp_path)))
		with pytest.raises(ObtainError, match="holds no Frappe"):
			obtain.obtain()
		assert_nothing_in_place(apps)

	def test_a_folder_without_frappe_is_refused(self, apps, monkeypatch, tmp_path):
		monkeypatch.setenv("LSM_FRAPPE", str(tmp_path))
		with pytest.raises(ObtainError, match="holds no Frappe"):
			obtain.obtain()

	def test_a_path_that_is_not_there_is_refused(self, apps, monkeypatch, tmp_path):
		monkeypatch.setenv("LSM_FRAPPE", str(tmp_path / "nowhere"))
		with pytest.raises(ObtainError, match="is not there"):
			obtain.obtain()
		assert_nothing_in_place(apps)
