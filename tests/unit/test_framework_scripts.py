"""The asset builder's and the realtime server's own tests, which Node runs."""

import subprocess

import pytest

from config.cli.setup import NODE
from config.services.machine import find


@pytest.mark.parametrize("part", ["assets", "realtime"])
def test_scripts(part):
	command = [find("node"), "--test", f"{part}/"]
	done = subprocess.run(command, cwd=NODE, capture_output=True, text=True, timeout=180)
	assert done.returncode == 0, done.stdout[-4000:]
	assert "# pass 0" not in done.stdout
