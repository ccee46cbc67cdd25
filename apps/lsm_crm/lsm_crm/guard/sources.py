"""Every function that a request could call, found by reading the source of framework and app."""

import ast
from pathlib import Path

SKIPPED = ("tests", "node_modules", "boilerplate")


def callables(package: Path) -> dict[str, str]:
	"""{dotted name, or module:Class.method: decorator} of everything whitelisted below a Python package."""
	found: dict[str, str] = {}
	for path in sorted(package.rglob("*.py")):
		parts = path.relative_to(package).with_suffix("").parts
		module = ".".join((package.name, *parts)).removesuffix(".__init__")
		try:
			source = path.read_text(encoding="utf-8")
			if "whitelist" in source:
				_walk(ast.parse(source), module, None, found)
		except (SyntaxError, UnicodeDecodeError):
			continue
	return found


def _walk(node: ast.AST, module: str, cls: str | None, found: dict[str, str]) -> None:
	for child in ast.iter_child_nodes(node):
		if isinstance(child, ast.ClassDef):
			_walk(child, module, child.name, found)
			continue
		if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
			for decorator in child.decorator_list:
				text = ast.unparse(decorator)
				if "whitelist" in text:
					found[f"{module}:{cls}.{child.name}" if cls else f"{module}.{child.name}"] = text
		_walk(child, module, cls, found)


def unsorted(packages: list[Path], listed: set[str]) -> list[str]:
	"""Callable functions that stand in no list of the guard."""
	names: set[str] = set()
	for package in packages:
		names.update(callables(package))
	return sorted(names - listed)
