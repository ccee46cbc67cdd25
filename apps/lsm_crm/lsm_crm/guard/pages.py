"""Which web pages may be asked for. Pages that show any document by its name are reachable by nobody."""

from functools import cache
from pathlib import Path
from urllib.parse import quote

import frappe
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.utils import redirect

from lsm_crm.guard import checks
from lsm_crm.guard.errors import refuse
from lsm_crm.guard.lists import merged

WWW = Path(__file__).resolve().parents[1] / "www"
CHECKED = {"printview": checks.print_page}


@cache
def own_pages() -> frozenset[str]:
	"""Pages in this app's www folder; each decides itself who may see it."""
	names = set()
	for path in WWW.rglob("*"):
		if path.suffix in (".html", ".md") or (path.suffix == ".py" and path.name != "__init__.py"):
			name = str(path.relative_to(WWW).with_suffix(""))
			names.add(name.removesuffix("/index") if name != "index" else "")
	return frozenset(names)


def allow(call, form, method: str, groups: frozenset) -> None:
	"""404 for a page that is in no list of the groups (so that nobody learns which documents there are)."""
	if method not in ("GET", "HEAD", "POST"):
		refuse(call, f"not by {method}")
	path = call.name
	if "\x00" in path or "\\" in path or ".." in path.split("/"):
		raise NotFound
	listed = merged("PAGES", groups)
	if path in listed or path in own_pages() or any(path.startswith(p) for p in listed if p.endswith("/")):
		if path in CHECKED:
			CHECKED[path](call, form, groups)
		return
	if _own_renderer_takes(path):
		return
	if "staff" not in groups and (path in ("app", "printview", "second-step") or path.startswith("app/")):
		return _to_login(path)
	raise NotFound


def _own_renderer_takes(path: str) -> bool:
	"""Whether a page renderer of this app answers this path; those come before the framework's."""
	for renderer in frappe.get_hooks("page_renderer"):
		if renderer.startswith("lsm_crm.") and frappe.get_attr(renderer)(path, 200).can_render():
			return True
	return False


def _to_login(path: str) -> None:
	if frappe.session.user != "Guest":
		raise NotFound
	raise HTTPException(response=redirect(f"/login?redirect-to={quote('/' + path)}"))
