"""The volunteers' pages as an app on a phone: its manifest and its worker, which must stand below `/portal`."""

import json

from frappe import _
from werkzeug.wrappers import Response

from lsm_crm.public_site import languages, response

ADDRESSES = ("portal/app.webmanifest", "portal/worker.js")


def answer(address: str) -> Response:
	return _worker() if address.endswith(".js") else _manifest()


def _manifest() -> Response:
	language = languages.negotiate()
	content = {
		"name": "Leids Steunloket Migranten",
		"short_name": "LSM",
		"description": _("For volunteers", lang=language.code),
		"lang": language.code,
		"dir": language.direction,
		"start_url": "/portal",
		"scope": "/portal",
		"display": "standalone",
		"background_color": "#fffdf9",
		"theme_color": "#a3341f",
		"icons": [{"src": response.asset("images/lsm-favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
	}
	return _file(json.dumps(content, ensure_ascii=False), "application/manifest+json")


def _worker() -> Response:
	text = (response.APP_FOLDER / "public/js/portal-worker.js").read_text(encoding="utf-8")
	return _file(text, "text/javascript")


def _file(text: str, mimetype: str) -> Response:
	made = Response(text, mimetype=mimetype)
	response.add_headers(made)
	# A worker is looked at anew each time, so that a mended one comes into use.
	made.headers["Cache-Control"] = "no-cache"
	made.headers["Service-Worker-Allowed"] = "/portal"
	return made
