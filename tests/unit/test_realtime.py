"""The realtime server's own tests, which Node runs."""

import subprocess

from config.cli.setup import NODE
from config.services.machine import find


def test_realtime_server():
	done = subprocess.run([find("node"), "--test", "realtime/"], cwd=NODE, capture_output=True, text=True, timeout=120)
	assert done.returncode == 0, done.stdout[-4000:]
	assert "# pass 0" not in done.stdout
