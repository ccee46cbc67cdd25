"""The bench's own rules: ports, folders, processes, and what the commands say."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from config.cli import develop, lifecycle
from config.services import machine, processes, site, supervise
from config.services.bench import PORTS, ROOT, SITES, Bench, Busy, alone, get_bench, port_is_free
from tests.support import BENCH


def test_benches_of_one_base_share_no_port_and_no_folder():
	benches = [get_bench(name, 8000) for name in SITES]
	ports = [bench.port(name) for bench in benches for name in PORTS]
	assert len(ports) == len(set(ports))
	assert len({bench.var for bench in benches}) == len({bench.sites for bench in benches}) == len(benches)


def test_every_process_of_the_procfile_has_a_program():
	bench = get_bench("dev", 8000)
	for name in processes.procfile():
		command, folder = processes.command_of(bench, name)
		assert command[0] and folder == bench.sites


def test_an_existing_server_in_the_settings_takes_the_place_of_the_private_one(monkeypatch):
	monkeypatch.setenv("LSM_DB_HOST", "10.0.0.5")
	monkeypatch.setenv("LSM_REDIS_QUEUE", "redis://10.0.0.6:6379")
	assert "database" not in processes.procfile() and "queue" not in processes.procfile()
	environment = get_bench("dev", 8000).environment()
	assert environment["FRAPPE_DB_HOST"] == "10.0.0.5"
	assert environment["FRAPPE_REDIS_QUEUE"] == "redis://10.0.0.6:6379"


def test_a_port_in_use_is_named_with_a_way_out(monkeypatch):
	with socket.socket() as taken:
		taken.bind(("127.0.0.1", 0))
		taken.listen()
		port = taken.getsockname()[1]
		assert not port_is_free(port)
		with pytest.raises(machine.MachineError, match=rf"Port {port}.*front.*LSM_PORT="):
			supervise.check_ports(Bench("dev", port))


def test_what_runs_already_is_not_set_up_with_other_ports(monkeypatch):
	monkeypatch.setenv("LSM_PORT", str(BENCH.base + 700))
	assert develop.free_bench("test").base == BENCH.base
	with pytest.raises(machine.MachineError, match=f"runs already, with its ports from {BENCH.base} on.*lsm stop"):
		lifecycle.bring_up(Bench("test", BENCH.base + 700), sample=True)


def test_a_full_disk_is_told_in_a_sentence():
	with pytest.raises(machine.MachineError, match="Free some room"):
		machine.check_disk(ROOT, needed_mib=10**9)


def test_missing_packages_without_the_right_to_install_are_named(monkeypatch):
	monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
	monkeypatch.setattr(machine, "can_sudo", lambda: False)
	with pytest.raises(machine.MachineError, match="sudo apt-get install .* redis-server"):
		machine.install_packages(["redis-server"], print)


@pytest.mark.parametrize("version", ["(3, 9, 0)", "(3, 13, 0)"])
def test_an_unsupported_python_is_told_plainly(version):
	code = (
		"import sys, shutil, runpy\n"
		f"sys.version_info = {version}\n"
		"shutil.which = lambda *a, **k: None\n"
		f"runpy.run_path({str(ROOT / 'lsm')!r}, run_name='__main__')\n"
	)
	done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
	assert done.returncode == 1
	assert "needs 3.10, 3.11 or 3.12" in done.stderr


def test_an_unknown_command_lists_what_there_is():
	done = subprocess.run([str(ROOT / "lsm"), "strat"], capture_output=True, text=True)
	assert done.returncode == 2
	assert "strat" in done.stderr and "start" in done.stderr


def test_the_accounts_file_is_the_owners_alone(tmp_path, monkeypatch):
	bench = get_bench("dev", 8000)
	monkeypatch.setattr(Bench, "site_path", property(lambda self: tmp_path))
	site.write_accounts(bench, [{"role": "Administrator", "user": "Administrator", "password": "x"}])
	assert site.accounts_file(bench).stat().st_mode & 0o777 == 0o600
	assert site.read_accounts(bench)[0]["user"] == "Administrator"


def test_no_secret_stands_in_the_committed_settings():
	text = (ROOT / "sites" / "common_site_config.json").read_text()
	assert "password" not in text and "key" not in text


def test_servers_listen_on_loopback():
	bench = get_bench("dev", 8000)
	assert "listen 127.0.0.1:8000" in processes.fill(bench, "nginx.conf")
	assert "bind-address = 127.0.0.1" in processes.fill(bench, "mariadb.cnf")
	assert "bind 127.0.0.1" in processes.fill(bench, "queue.conf")
	assert "--bind=127.0.0.1:8001" in processes.gunicorn_arguments(bench)


def test_two_commands_do_not_set_up_one_bench_at_once(tmp_path, monkeypatch):
	monkeypatch.setattr(Bench, "var", property(lambda self: tmp_path))
	bench = get_bench("dev", 8000)
	with alone(bench), pytest.raises(Busy, match="Wait until it is done"), alone(bench):
		raise AssertionError("the second one went on")
	with alone(bench):
		pass
