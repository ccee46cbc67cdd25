"""One request for a form: a GET shows the first step, each POST takes an answer and shows what comes next."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import frappe
from frappe import _
from werkzeug.wrappers import Response

from lsm_crm.public_forms import draft as drafts
from lsm_crm.public_forms import inputs, limits, submit, tables, uploads
from lsm_crm.public_forms.definition import Form, FormField, Step
from lsm_crm.public_site import response
from lsm_crm.public_site.languages import SiteLanguage

HONEYPOT = "website"
PREFILL_LENGTH = 140


@dataclass
class View:
	"""What the page shows: a step, or the review when `index` is past the last step."""

	form: Form
	draft: drafts.Draft
	index: int = 0
	errors: dict[str, str] = field(default_factory=dict)
	notice: str = ""
	extra_row: str = ""
	show_honeypot: bool = False
	status: int = 200
	answer: Response | None = None  # when there is nothing more to fill in

	@property
	def on_review(self) -> bool:
		return self.index >= len(self.form.steps)

	@property
	def step(self) -> Step | None:
		return None if self.on_review else self.form.steps[self.index]


def show(form: Form, language: SiteLanguage) -> Response:
	frappe.local.lang = language.code
	draft = drafts.Draft(form.route, source=(frappe.form_dict.get("from") or "")[:PREFILL_LENGTH])
	for item in form.fields:
		_prefill(item, draft, language)
	return _render(View(form, draft), language)


def _prefill(item: FormField, draft: drafts.Draft, language: SiteLanguage) -> None:
	"""Defaults of the form, the reader's language, and a choice named in the address (a vacancy's role)."""
	if item.kind in ("checklist", "grid", "rows", "html", "file"):
		return
	asked = frappe.local.request.args.get(item.name, "")
	if asked and item.options and asked in {option.value for option in item.options}:
		draft.values[item.name] = asked
	elif item.name == "preferred_language":
		draft.values[item.name] = language.code
	elif item.default and not item.default.startswith("eval:"):
		draft.values[item.name] = inputs.clean(item.default)


def receive(form: Form, language: SiteLanguage) -> Response:
	frappe.local.lang = language.code
	posted = frappe.local.request.form
	draft = drafts.unseal(posted.get("draft", ""), form.route)
	index = _index(posted.get("step"), form)
	if not draft:
		view = View(form, drafts.Draft(form.route), index=index, status=422)
		view.notice = _("This page was open for too long. Please check your answers and go on.")
		_take_answers(view, posted)
		view.index = index if _first_with_errors(view, before=index) is None else 0
		return _render(view, language)
	if not _from_this_site():
		return _render(View(form, draft, index=index, status=403, notice=_("Please send the form again.")), language)
	view = View(form, draft, index=index)
	view.errors = _take_answers(view, posted)
	_act(view, posted.get("action", "next"), posted, language)
	return view.answer or _render(view, language)


def _index(text: str | None, form: Form) -> int:
	return min(int(text), len(form.steps)) if (text or "").isdigit() and len(text) < 4 else 0


def _from_this_site() -> bool:
	"""Another site's page may not send our form in a visitor's browser. Needs no cookie."""
	headers = frappe.local.request.headers
	told = headers.get("Sec-Fetch-Site")
	if told:  # set by the browser itself; no page can change it
		return told != "cross-site"
	origin = headers.get("Origin")
	# The front server may hand on another Host than the browser's: the site's own address counts too.
	own = {frappe.local.request.host, urlsplit(frappe.utils.get_url()).netloc}
	return origin in (None, "null") or urlsplit(origin).netloc in own


def _take_answers(view: View, posted) -> dict[str, str]:
	"""Put this step's answers in the draft; gives what is wrong with its files."""
	if view.on_review:
		return {}
	view.draft.values.update(inputs.collect(view.step, posted))
	errors = {}
	for item in view.step.fields:
		if item.kind == "file":
			message = uploads.keep(item, frappe.local.request.files.get(item.id), view.draft)
			if message:
				errors[item.name] = message
	return errors


def _act(view: View, action: str, posted, language: SiteLanguage) -> None:
	name, _colon, argument = action.partition(":")
	if name == "back":
		view.index, view.errors = max(view.index - 1, 0), {}
	elif name == "goto":
		view.index, view.errors = _index(argument, view.form), {}
	elif name == "stay":
		view.errors = {}
	elif name in ("add", "remove"):
		_change_rows(view, name, argument)
	elif name == "drop":
		item = view.form.field(argument)
		if item and item.kind == "file":
			uploads.drop(item, view.draft)
	elif name == "send":
		_send(view, posted, language)
	elif not view.on_review:
		view.errors = {**inputs.errors_of(view.form, view.step, view.draft.values), **view.errors}
		view.index += 0 if view.errors else 1
		view.status = 422 if view.errors else 200


def _change_rows(view: View, name: str, argument: str) -> None:
	field_name, _colon, number = argument.partition(":")
	item = view.form.field(field_name)
	if not item or item.kind != "rows":
		return
	view.errors = {}
	rows = view.draft.values.get(field_name) or []
	if name == "add":
		view.extra_row = field_name
	elif number.isdigit() and int(number) < len(rows):
		view.draft.values[field_name] = rows[: int(number)] + rows[int(number) + 1 :]


def _first_with_errors(view: View, before: int | None = None) -> int | None:
	"""Index of the first step whose answers are not complete; notes its errors."""
	for index, step in enumerate(view.form.steps[:before]):
		errors = inputs.errors_of(view.form, step, view.draft.values)
		if errors:
			view.errors = errors
			return index
	return None


def _send(view: View, posted, language: SiteLanguage) -> None:
	incomplete = _first_with_errors(view)
	if incomplete is not None:
		view.index, view.status = incomplete, 422
		return
	view.index = len(view.form.steps)
	if posted.get(HONEYPOT):
		view.show_honeypot, view.status = True, 422
		view.errors = {HONEYPOT: _("Leave this field empty. It is there to stop programs that fill in forms.")}
		return
	if limits.is_too_fast(view.draft.age_seconds):
		view.notice, view.status = _("That was very quick. Please check your answers and send them once more."), 422
		return
	wait = limits.minutes_to_wait(view.form.route)
	if wait:
		view.status = 429
		view.notice = _(
			"Many forms were sent just now. Your answers are kept on this page. Please send them again in {0} minutes."
		).format(wait)
		return
	_store(view, language)


def _store(view: View, language: SiteLanguage) -> None:
	outcome = submit.send(view.form, view.draft, language.code)
	if outcome.reference:
		view.answer = _sent(view.form, outcome.reference, language)
		return
	view.status = 503 if outcome.broken else 422
	if outcome.broken:
		view.notice = _("Something went wrong on our side. Your answers are kept on this page. Please send them again.")
	view.notice = outcome.errors.pop("", view.notice)
	view.errors = outcome.errors
	if view.errors:
		view.index = next(i for i, step in enumerate(view.form.steps) if _names(step) & set(view.errors))


def _names(step: Step) -> set[str]:
	return {item.name for item in step.fields}


def _render(view: View, language: SiteLanguage) -> Response:
	context = {
		"path": f"form/{view.form.route}",
		"indexable": True,
		"form_page": True,
		"form": view.form,
		"view": view,
		"sealed": view.draft.seal(),
		"values": view.draft.values,
		"error_list": _error_list(view),
		"required": lambda item: inputs.is_required(item, view.draft.values),
		"shown_rows": lambda item: tables.shown_rows(
			item, view.draft.values.get(item.name), view.extra_row == item.name
		),
		"review": _review(view) if view.on_review else [],
		"accept": uploads.ACCEPT_ATTRIBUTE,
		"max_megabytes": uploads.MAX_MEGABYTES,
		"honeypot": HONEYPOT,
		"csrf_token": (frappe.session.data or {}).get("csrf_token", ""),
	}
	answer = response.page("form.html", context, language, view.status)
	if view.status == 429:
		answer.headers["Retry-After"] = "600"
	return answer


def _error_list(view: View) -> list[tuple[str, str, str]]:
	"""Anchor, label and sentence of each error, in the order of the page."""
	if view.on_review:
		return [(name, "", text) for name, text in view.errors.items()]
	return [
		(_anchor(item), _(item.label), view.errors[item.name]) for item in view.step.fields if item.name in view.errors
	]


def _anchor(item: FormField) -> str:
	"""Where a link in the summary puts the focus: the input itself, or the first of a group."""
	if item.kind == "radio":
		return f"{item.id}-0"
	if item.kind in ("checklist", "grid"):
		return f"{item.id}-0" if item.kind == "checklist" else f"{item.id}-0-0"
	return f"{item.id}-0-{item.columns[0].name}" if item.kind == "rows" else item.id


def _review(view: View) -> list[dict]:
	sections = []
	for index, step in enumerate(view.form.steps):
		lines = [
			(_(item.label), _readable(item, view.draft.values.get(item.name)))
			for item in view.form.shown_fields(step, view.draft.values)
			if item.kind != "html"
		]
		sections.append({"index": index, "title": step.title, "lines": lines})
	return sections


def _readable(item: FormField, value) -> list[str]:
	if item.kind in ("checklist", "grid", "rows"):
		return tables.readable(item, value or [])
	if item.kind == "file":
		return [value["name"]] if value else []
	if item.kind == "check":
		return [_("Yes") if value == "1" else _("No")]
	if item.options and value:
		return [_(item.label_of(value))]
	return (value or "").split("\n") if value else []


def _sent(form: Form, reference: str, language: SiteLanguage) -> Response:
	context = {"path": f"form/{form.route}", "indexable": False, "form": form, "reference": reference}
	answer = response.page("sent.html", context, language)
	# On a shared computer the back button shall not show the next person what was typed.
	answer.headers["Clear-Site-Data"] = '"cache"'
	answer.headers["Cache-Control"] = "no-store"
	return answer
