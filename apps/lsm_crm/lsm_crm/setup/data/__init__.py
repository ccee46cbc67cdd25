"""Master data of the foundation as files, and how to read them."""

from pathlib import Path

import yaml


def read(name: str) -> dict:
	"""Return the content of a .yaml file in this folder."""
	with (Path(__file__).parent / f"{name}.yaml").open(encoding="utf-8") as stream:
		return yaml.safe_load(stream)
