"""Show-when conditions of a Web Form, evaluated without running them as code.

The framework evaluates `depends_on` as JavaScript in the browser. Here a small part of that language is read
into a tree, which the server evaluates and the page's script evaluates in the same way.

	expression := and ("||" and)*        and := not ("&&" not)*
	not        := "!" not | comparison   comparison := operand (("=="|"!="|"==="|"!=="|"<"|">"|"<="|">=") operand)?
	operand    := "(" expression ")" | doc.field | doc.field.includes(literal) | [literals].includes(doc.field) | literal
"""

import json
import re
from collections.abc import Callable
from functools import lru_cache

TOKEN = re.compile(
	r"""\s*(?:(?P<op>\|\||&&|===|!==|==|!=|<=|>=|<|>|!|\(|\)|\[|\]|,)|(?P<includes>\.includes\b)"""
	r"""|(?P<field>doc\.\w+)|(?P<number>-?\d+(?:\.\d+)?)|(?P<string>"[^"]*"|'[^']*')|(?P<word>true|false|null))"""
)
COMPARE: dict[str, Callable] = {
	"==": lambda a, b: _same(a, b),
	"!=": lambda a, b: not _same(a, b),
	"<": lambda a, b: _number(a) < _number(b),
	">": lambda a, b: _number(a) > _number(b),
	"<=": lambda a, b: _number(a) <= _number(b),
	">=": lambda a, b: _number(a) >= _number(b),
}
ALWAYS = ("value", True)


class ConditionError(ValueError):
	"""The condition uses more than the part of the language that is read here."""


@lru_cache(maxsize=512)
def parse(text: str | None):
	"""The tree of a condition. An empty one is always true; a bare field name means that the field is filled."""
	text = (text or "").strip()
	if not text:
		return ALWAYS
	if not text.startswith("eval:"):
		if not re.fullmatch(r"\w+", text):
			raise ConditionError(text)
		return ("field", text)
	parser = _Parser(_tokens(text[5:].strip().rstrip(";")))
	tree = parser.expression()
	if parser.tokens:
		raise ConditionError(text)
	return tree


def holds(tree, values: dict) -> bool:
	return bool(_evaluate(tree, values))


def fields_of(tree) -> set[str]:
	"""Names of the fields that a condition looks at."""
	if tree[0] == "field":
		return {tree[1]}
	return set().union(*(fields_of(part) for part in tree[1:] if isinstance(part, tuple)), set())


def as_json(tree) -> str:
	return json.dumps(tree, separators=(",", ":"))


def _tokens(text: str) -> list[tuple[str, str]]:
	found, position = [], 0
	while position < len(text):
		match = TOKEN.match(text, position)
		if not match:
			if not text[position:].strip():
				break
			raise ConditionError(text)
		found.append((match.lastgroup, match.group(match.lastgroup)))
		position = match.end()
	return found


class _Parser:
	def __init__(self, tokens: list[tuple[str, str]]):
		self.tokens = tokens

	def take(self, *texts: str) -> str | None:
		if self.tokens and self.tokens[0][1] in texts and self.tokens[0][0] in ("op", "includes"):
			return self.tokens.pop(0)[1]
		return None

	def need(self, text: str) -> None:
		if not self.take(text):
			raise ConditionError(f"expected {text}")

	def expression(self):
		tree = self.conjunction()
		while self.take("||"):
			tree = ("or", tree, self.conjunction())
		return tree

	def conjunction(self):
		tree = self.negation()
		while self.take("&&"):
			tree = ("and", tree, self.negation())
		return tree

	def negation(self):
		return ("not", self.negation()) if self.take("!") else self.comparison()

	def comparison(self):
		left = self.operand()
		operator = self.take("===", "!==", "==", "!=", "<=", ">=", "<", ">")
		if not operator:
			return left
		operator = {"===": "==", "!==": "!="}.get(operator, operator)
		return ("compare", operator, left, self.operand())

	def operand(self):
		if self.take("("):
			tree = self.expression()
			self.need(")")
			return tree
		if self.take("["):
			return self._includes(("list", *self._literals()))
		if not self.tokens:
			raise ConditionError("ends too early")
		kind, text = self.tokens.pop(0)
		if kind == "field":
			tree = ("field", text[4:])
			return self._includes(tree) if self.tokens and self.tokens[0][0] == "includes" else tree
		return ("value", _literal(kind, text))

	def _literals(self) -> list:
		items = []
		while not self.take("]"):
			if not self.tokens:
				raise ConditionError("list does not end")
			items.append(_literal(*self.tokens.pop(0)))
			self.take(",")
		return items

	def _includes(self, container):
		if not (self.tokens and self.tokens[0][0] == "includes"):
			raise ConditionError("a list only with includes")
		self.tokens.pop(0)
		self.need("(")
		item = self.operand()
		self.need(")")
		return ("includes", container, item)


def _literal(kind: str, text: str):
	if kind == "string":
		return text[1:-1]
	if kind == "number":
		return float(text) if "." in text else int(text)
	if kind == "word":
		return {"true": True, "false": False, "null": None}[text]
	raise ConditionError(text)


def _evaluate(tree, values: dict):
	kind = tree[0]
	if kind == "value":
		return tree[1]
	if kind == "list":
		return list(tree[1:])
	if kind == "field":
		return _plain(values.get(tree[1]))
	if kind == "not":
		return not _evaluate(tree[1], values)
	if kind == "and":
		return _evaluate(tree[1], values) and _evaluate(tree[2], values)
	if kind == "or":
		return _evaluate(tree[1], values) or _evaluate(tree[2], values)
	if kind == "includes":
		return any(_same(item, _evaluate(tree[2], values)) for item in _evaluate(tree[1], values) or [])
	return COMPARE[tree[1]](_evaluate(tree[2], values), _evaluate(tree[3], values))


def _plain(value):
	"""A checkbox arrives as "0" or "1"; an empty answer is no answer."""
	return None if value in ("", "0", 0, None) else value


def _same(a, b) -> bool:
	if a in (None, "", 0, False) and b in (None, "", 0, False):
		return True
	return str(a) == str(b) or (isinstance(b, bool | int) and _number(a) == _number(b))


def _number(value) -> float:
	try:
		return float(value or 0)
	except (TypeError, ValueError):
		return float("nan")
