"""Where a request comes from: own host only, the proxy's word for the address, no session from the address bar."""

from urllib.parse import quote, urlsplit

import frappe
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.utils import redirect

from lsm_crm.guard import tokens
from lsm_crm.guard.errors import log

LOOPBACK = ("127.0.0.1", "::1", "")
CHANGING = ("POST", "PUT", "DELETE", "PATCH")
REDIRECTS = ("redirect-to", "redirect_to")


def before_request() -> None:
	"""Runs after the framework found the session and before it reads tokens."""
	quiet_logger()
	set_address()
	refuse_foreign_host()
	drop_session_from_address()
	refuse_foreign_origin()
	drop_foreign_redirect()
	tokens.refuse_other_sources()


before_request.fnargs = ()  # type: ignore[attr-defined]  # the framework would read the signature anew in each request


def own_hosts() -> set[str]:
	"""Host names this site answers to: its own, that of `host_name`, and `domains` of its config."""
	conf = frappe.local.conf
	hosts = {frappe.local.site}
	if conf.get("host_name"):
		hosts.add(urlsplit(conf.host_name).hostname or conf.host_name)
	for domain in conf.get("domains") or ():
		hosts.add(domain["domain"] if isinstance(domain, dict) else domain)
	return {host.lower() for host in hosts if host}


def refuse_foreign_host() -> None:
	"""A foreign Host would stand in mails, and X-Frappe-Site-Name would pick a site that its Host does not name."""
	host = (frappe.local.request.host or "").rsplit(":", 1)[0].strip("[]").lower()
	if host != frappe.local.site and host not in own_hosts():
		log.warning("refused host %s for site %s", host[:100], frappe.local.site)
		forget_cookies()
		raise NotFound


def set_address() -> None:
	"""The caller's address: the last one that the own proxy added, or the peer itself. The framework trusts the first of a header."""
	environ = frappe.local.request.environ
	peer = environ.get("REMOTE_ADDR") or ""
	address = peer
	if peer in LOOPBACK or peer in (frappe.local.conf.get("lsm_proxies") or ()):
		forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
		address = forwarded.rsplit(",", 1)[-1].strip() or peer
	frappe.local.request_ip = address or "127.0.0.1"


def drop_session_from_address() -> None:
	"""Only the cookie holds a session: one named in the address or form would be somebody else's."""
	if "sid" not in frappe.local.form_dict:
		return
	frappe.local.form_dict.pop("sid")
	log.warning("ignored a session named in the request")
	if frappe.local.form_dict.get("cmd") == "login" or frappe.local.request.path == "/api/method/login":
		return  # a login has just made a session of its own
	from frappe.auth import LoginManager

	forget_cookies()
	frappe.local.session_obj = None
	frappe.local.login_manager = LoginManager()


def refuse_foreign_origin() -> None:
	"""A form on another site cannot act with the caller's cookie, whether or not a token was made for the session."""
	request = frappe.local.request
	if request.method not in CHANGING:
		return
	origin = request.headers.get("Origin")
	if not origin or request.headers.get("Authorization"):
		return
	if (urlsplit(origin).hostname or "") not in own_hosts():
		log.warning("refused origin %s", origin[:100])
		frappe.throw(frappe._("This came from another website."), frappe.PermissionError)


def drop_foreign_redirect() -> None:
	"""`redirect-to` leads to own pages only. The login page and its script read the address itself, so a page is asked for anew."""
	form = frappe.local.form_dict
	foreign = [key for key in REDIRECTS if key in form and not is_own_path(str(form[key]))]
	if not foreign:
		return
	for key in foreign:
		form.pop(key)
	request = frappe.local.request
	if request.method in ("GET", "HEAD"):
		raise HTTPException(response=redirect("/" + quote(request.path.lstrip("/\\"))))


def is_own_path(target: str) -> bool:
	"""A path on this site: no scheme, no host, and nothing that a browser reads as one."""
	if not target.startswith("/") or target.startswith(("//", "/\\")) or any(ord(c) < 33 for c in target):
		return False
	return "\\" not in target and not urlsplit(target).netloc


def forget_cookies() -> None:
	if hasattr(frappe.local, "cookie_manager"):
		frappe.local.cookie_manager.cookies.clear()


def quiet_logger() -> None:
	"""The framework's main log writes the whole form of a request that failed; ours writes that it failed."""
	key = f"None-{frappe.local.site}"
	if key not in frappe.loggers:
		frappe.loggers[key] = frappe.logger("frappe")
