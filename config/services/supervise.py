"""Talk to the supervisor that keeps a bench's processes alive."""

from __future__ import annotations

import subprocess
import time
from xmlrpc.client import Fault, ServerProxy

from config.services.bench import PORTS, ROOT, Bench, port_is_free
from config.services.machine import MachineError
from config.services.processes import FOUNDATION, procfile, write_settings

DYING = ("BACKOFF", "FATAL")


def proxy(bench: Bench):
	"""The supervisor's own interface over its socket."""
	from supervisor.xmlrpc import SupervisorTransport

	transport = SupervisorTransport(None, None, f"unix://{bench.var / 'supervisor.sock'}")
	return ServerProxy("http://127.0.0.1", transport=transport).supervisor


def running(bench: Bench) -> bool:
	try:
		return proxy(bench).getState()["statename"] == "RUNNING"
	except (OSError, Fault):
		return False


def first_port(bench: Bench) -> int:
	"""The first of the ports that this bench was started with last; where it never was, the one it would be started with."""
	remembered = bench.var / "port"
	return int(remembered.read_text()) if remembered.exists() else bench.base


def processes(bench: Bench) -> list[dict]:
	"""One row per process: name, state, pid, port, log, and a note when it keeps dying."""
	rows = proxy(bench).getAllProcessInfo() if running(bench) else []
	found = {row["name"]: row for row in rows}
	result = []
	for name in procfile():
		row = found.get(name, {})
		state = row.get("statename", "STOPPED")
		result.append(
			{
				"name": name,
				"state": state.lower(),
				"pid": row.get("pid") or None,
				"port": bench.port(name) if name in PORTS else None,
				"log": str(bench.logs / f"{name}.log"),
				"note": f"keeps dying: {row['spawnerr'] or row['description']}" if state in DYING else "",
			}
		)
	return result


def check_ports(bench: Bench) -> None:
	"""Raise MachineError naming the first port that another program holds."""
	for name in procfile():
		if name in PORTS and not port_is_free(bench.port(name)):
			raise MachineError(
				f"Port {bench.port(name)}, meant for the process {name}, is in use by another program. "
				f"End that program, or take other ports: LSM_PORT={bench.base + 100} ./lsm start"
			)


def start_supervisor(bench: Bench) -> None:
	"""Start the supervisor in the background; it starts database, cache and queue at once."""
	wait_for_leftovers(bench)
	check_ports(bench)
	write_settings(bench)
	done = subprocess.run(
		[str(ROOT / "env" / "bin" / "supervisord"), "-c", str(bench.var / "supervisord.conf")],
		env=bench.environment(),
		capture_output=True,
		text=True,
	)
	if done.returncode:
		raise MachineError("The supervisor did not start: " + (done.stderr or done.stdout).strip()[-400:])
	(bench.var / "port").write_text(str(bench.base))


def wait_for_leftovers(bench: Bench, seconds: int = 25) -> None:
	"""After a killed supervisor its processes are ending by themselves; give them the time."""
	end = time.monotonic() + seconds
	while (bench.var / "supervisord.pid").exists() and time.monotonic() < end:
		if all(port_is_free(bench.port(name)) for name in procfile() if name in PORTS):
			return
		time.sleep(0.5)


def start_others(bench: Bench) -> None:
	for name in procfile():
		if name not in FOUNDATION:
			start_one(bench, name)


def start_one(bench: Bench, name: str) -> None:
	try:
		proxy(bench).startProcess(name, False)
	except Fault as fault:
		if "ALREADY_STARTED" not in fault.faultString:
			raise


def restart(bench: Bench, *names: str) -> None:
	for name in names:
		try:
			proxy(bench).stopProcess(name, True)
		except Fault:
			pass  # it was not running
		start_one(bench, name)


def stop(bench: Bench, seconds: int = 40) -> bool:
	"""Stop every process and the supervisor; True when something was running."""
	if not running(bench):
		return False
	supervisor = proxy(bench)
	for name in reversed(list(procfile())):
		try:
			supervisor.stopProcess(name, True)
		except Fault:
			pass  # it was not running
	supervisor.shutdown()
	end = time.monotonic() + seconds
	while (bench.var / "supervisord.pid").exists() and time.monotonic() < end:
		time.sleep(0.1)
	return True
