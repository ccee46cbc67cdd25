"""After the web form: the address is proven by a link, and a second registration updates the first.

The public form makes the record, once for each form. Who proves an address that an earlier registration had proven
already, updates that one, and only the owner of the address is told. Families share addresses: so nothing is decided
by an address that nobody has proven.
"""

import hashlib
import secrets

import frappe
from frappe import _
from frappe.utils import add_to_date, cint, get_datetime, get_url, now_datetime

from lsm_crm.exceptions import LinkExpiredError
from lsm_crm.services import volunteer_mail

SKILLS = ("speaking", "reading", "writing", "interpreting")
# A registration with one of these states is still someone who is or may come with us.
OPEN_STATES = ("Applied", "Interview", "Screening", "Active", "Paused")


def send_proof(volunteer: str) -> None:
	"""Mail a fresh link that proves the address; only its hash is stored."""
	secret = secrets.token_urlsafe(32)
	hours = cint(frappe.db.get_single_value("Volunteer Settings", "proof_hours")) or 72
	values = {"proof_hash": _hash(secret), "proof_expires": add_to_date(now_datetime(), hours=hours)}
	frappe.db.set_value("Volunteer", volunteer, values, update_modified=False)
	volunteer_mail.send(volunteer, "prove", link=get_url(f"/volunteer/confirm/{secret}"))


def proof_is_open(secret: str) -> bool:
	"""Return whether the link still works; changes nothing, so that mail scanners may open it."""
	return bool(_volunteer_of(secret))


def prove(secret: str) -> str:
	"""Act on the link: the address is proven. Return "proven", or "updated" when an earlier registration was updated."""
	name = _volunteer_of(secret)
	if not name:
		raise LinkExpiredError(_("This link was used already or is too old. Please ask us for a new one."))
	doc = frappe.get_doc("Volunteer", name, for_update=True)
	earlier = _earlier_proven(doc)
	if earlier:
		update_from(frappe.get_doc("Volunteer", earlier, for_update=True), doc)
		return "updated"
	doc.email_proven_on = now_datetime()
	doc.proof_hash = doc.proof_expires = None
	doc.save(ignore_permissions=True)
	if doc.workflow_state in ("Active", "Paused") and not doc.user:
		from lsm_crm.services import volunteer_account

		volunteer_account.open_account(doc)
	return "proven"


def update_from(known, again) -> None:
	"""Take the newer registration over into the known volunteer and drop it. Roles taken over are only wanted ones."""
	for field in (
		"first_name",
		"last_name",
		"phone",
		"preferred_language",
		"skills",
		"availability_note",
		"motivation",
	):
		if again.get(field):
			known.set(field, again.get(field))
	if again.under_18 and not known.date_of_birth:
		for field in ("under_18", "guardian_name", "guardian_phone", "guardian_email"):
			known.set(field, again.get(field) or known.get(field))
	known.consent_given_on = again.consent_given_on or known.consent_given_on
	_take_over_rows(known, again)
	known.save(ignore_permissions=True)
	known.add_comment("Info", _("Updated by a second registration from the same proven address."))
	if _can_be_dropped(again.name):
		frappe.delete_doc("Volunteer", again.name, ignore_permissions=True, force=True, delete_permanently=True)
	volunteer_mail.send(known.name, "updated")


def _take_over_rows(known, again) -> None:
	have = {row.role for row in known.roles}
	for row in again.roles:
		if row.role not in have:
			known.append("roles", {"role": row.role, "state": "Wanted"})
	by_language = {row.language: row for row in known.languages}
	for row in again.languages:
		target = by_language.get(row.language) or known.append("languages", {"language": row.language})
		for skill in SKILLS:
			target.set(skill, row.get(skill) or target.get(skill))
	if again.availability:
		known.set("availability", [{"weekday": r.weekday, "day_part": r.day_part} for r in again.availability])
	if again.areas:
		known.set("areas", [{"area": row.area} for row in again.areas])


def _can_be_dropped(name: str) -> bool:
	# Someone may have begun to work on the second one before its address was proven.
	doctypes = ("Screening Item", "Volunteer Agreement", "Shift Place", "Hours Entry", "Placement")
	return not any(frappe.db.exists(doctype, {"volunteer": name}) for doctype in doctypes)


def _earlier_proven(doc) -> str | None:
	found = frappe.get_all(
		"Volunteer",
		{
			"email": doc.email,
			"email_proven_on": ("is", "set"),
			"name": ("!=", doc.name),
			"workflow_state": ("in", OPEN_STATES),
		},
		order_by="creation",
		limit=1,
		pluck="name",
	)
	return found[0] if found else None


def _volunteer_of(secret: str) -> str | None:
	row = frappe.db.get_value("Volunteer", {"proof_hash": _hash(secret)}, ["name", "proof_expires"], as_dict=True)
	return row.name if row and get_datetime(row.proof_expires) > now_datetime() else None


def _hash(secret: str) -> str:
	return hashlib.sha256((secret or "").encode()).hexdigest()
