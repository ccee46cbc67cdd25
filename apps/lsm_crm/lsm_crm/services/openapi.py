"""An OpenAPI 3.1 description of the functions of this app that someone may call, made from their types.

What is in it follows the guard's lists, so it never tells of a function that would be refused by its name alone.
"""

import inspect
from typing import Any, get_type_hints

import frappe
from pydantic import TypeAdapter
from pydantic.errors import PydanticUserError

from lsm_crm import __version__
from lsm_crm.guard.decide import groups_of
from lsm_crm.guard.lists import merged
from lsm_crm.services import integrations


def describe(user: str) -> dict:
	"""The description for one user: paths, their arguments and answers."""
	functions = merged("FUNCTIONS", groups_of(user))
	own = {name: str(rule).split()[0] for name, rule in functions.items() if name.startswith("lsm_crm.")}
	# A program is told of the functions that it was given a right to.
	own = {name: rule for name, rule in own.items() if integrations.may_use(user, name)}
	return {
		"openapi": "3.1.0",
		"info": {"title": "LSM CRM", "version": __version__, "description": "What this account may call."},
		"servers": [{"url": frappe.utils.get_url()}],
		"security": [{"token": []}],
		"components": {
			"securitySchemes": {
				"token": {"type": "apiKey", "in": "header", "name": "Authorization", "description": "token key:secret"}
			}
		},
		"paths": {f"/api/method/{name}": _path(name, methods) for name, methods in sorted(own.items())},
	}


def _path(name: str, methods: str) -> dict:
	function = inspect.unwrap(frappe.get_attr(name))
	return {method.lower(): _operation(name, function, method) for method in methods.split("|")}


def _operation(name: str, function, method: str) -> dict:
	hints = _hints(function)
	arguments = {
		parameter.name: parameter
		for parameter in inspect.signature(function).parameters.values()
		if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
	}
	schemas = {key: _schema(hints.get(key, Any)) for key in arguments}
	required = [key for key, parameter in arguments.items() if parameter.default is parameter.empty]
	operation: dict[str, Any] = {
		"operationId": f"{method.lower()}.{name}",
		"tags": [name.split(".")[-2]],
		"summary": (inspect.getdoc(function) or name).split("\n")[0],
		"responses": {
			"200": {
				"description": "The answer",
				"content": {
					"application/json": {
						"schema": {"type": "object", "properties": {"message": _schema(hints.get("return", Any))}}
					}
				},
			},
			"401": {"description": "Not logged in, or a wrong code"},
			"403": {"description": "Not allowed for this account or this record"},
			"404": {"description": "There is no such record"},
			"409": {"description": "Somebody else has changed or made it since"},
			"417": {"description": "Refused, with a sentence that says why"},
		},
	}
	if method == "GET":
		operation["parameters"] = [
			{"name": key, "in": "query", "required": key in required, "schema": schema}
			for key, schema in schemas.items()
		]
	elif schemas:
		body = {"type": "object", "properties": schemas, "required": required}
		operation["requestBody"] = {"required": bool(required), "content": {"application/json": {"schema": body}}}
	return operation


def _hints(function) -> dict:
	try:
		return get_type_hints(function)
	except (NameError, TypeError):  # a type that is imported for the type checker alone
		return {}


def _schema(annotation) -> dict:
	if annotation in (Any, None, type(None)):
		return {} if annotation is Any else {"type": "null"}
	try:
		return TypeAdapter(annotation).json_schema(ref_template="#/components/schemas/{model}")
	except (PydanticUserError, ValueError, TypeError):
		return {}
