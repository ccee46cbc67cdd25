"""Registration by web form: once per form, address proven by a link, a second one updates the first.

The form carries a one-time token. Sending it twice, at once or later, makes one volunteer; the address plays no part in
that, as families share one. Who proves an address that an earlier registration had proven already, updates that one and
only the owner of the address is told.
"""

import hashlib
import secrets
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import add_to_date, cint, get_datetime, get_url, now_datetime, validate_email_address

from lsm_crm.exceptions import LinkExpiredError, RegistrationError
from lsm_crm.services import volunteer_mail

PLAIN = (
	*("first_name", "last_name", "email", "phone", "preferred_language", "vacancy", "skills", "availability_note"),
	*("motivation", "heard_from", "under_18", "guardian_name", "guardian_phone", "guardian_email"),
	*("consent_to_store", "sms_allowed"),
)
SKILLS = ("speaking", "reading", "writing", "interpreting")
# A registration with one of these states is still someone who is or may come with us.
OPEN_STATES = ("Applied", "Interview", "Screening", "Active", "Paused")
LONGEST = {"motivation": 5000, "skills": 2000, "availability_note": 2000}


@dataclass(frozen=True)
class Registration:
	name: str
	repeated: bool


def register(data: dict, token: str) -> Registration:
	"""Store what the form holds as one volunteer in the state Applied.

	`data` has the fields of PLAIN; `roles` and `areas` as lists of names; `languages` as a list of dicts with
	`language` and the levels; `availability` as a list of dicts with `weekday` and `day_part`.
	Raises RegistrationError with a sentence for each field that is wrong; nothing is stored then.
	"""
	key = _hash(token)
	if not token or not 16 <= len(token) <= 200:
		raise RegistrationError({"form_token": _("This form is no longer valid. Please open it again.")})
	if name := _stored_under(key):
		return Registration(name, repeated=True)
	check(data)
	frappe.db.savepoint("volunteer_registration")
	try:
		doc = _new_volunteer(data, key)
	except (frappe.UniqueValidationError, frappe.DuplicateEntryError):
		# The same form, sent twice at once: the other request was first and its row is stored.
		frappe.db.rollback(save_point="volunteer_registration")
		frappe.clear_messages()
		name = _stored_under(key, committed_by_another=True)
		if not name:
			raise
		return Registration(name, repeated=True)
	send_proof(doc.name)
	return Registration(doc.name, repeated=False)


def check(data: dict) -> None:
	"""Raise RegistrationError when a field is wrong, with all sentences at once."""
	wrong = {}
	for field, sentence in (
		("first_name", _("Please write your first name.")),
		("email", _("Please write your e-mail address.")),
		("roles", _("Please choose what you would like to do.")),
		("languages", _("Please name at least one language that you speak.")),
		("consent_to_store", _("Without your consent we may not store your registration.")),
	):
		if not data.get(field) or data.get(field) == "0":
			wrong[field] = sentence
	if data.get("email") and not validate_email_address(str(data["email"]).strip()):
		wrong["email"] = _("This does not look like an e-mail address: {0}").format(str(data["email"])[:140])
	if cint(data.get("under_18")) and not data.get("guardian_name"):
		wrong["guardian_name"] = _("You are under 18: please write the name of a parent or guardian.")
	wrong.update(_wrong_choices(data))
	for field in PLAIN:
		if len(str(data.get(field) or "")) > LONGEST.get(field, 140):
			wrong[field] = _("This is too long: at most {0} characters fit.").format(LONGEST.get(field, 140))
	if wrong:
		raise RegistrationError(wrong)


def _wrong_choices(data: dict) -> dict[str, str]:
	sentence = _("Please choose from the list.")
	wrong = {}
	for field, doctype, values in (
		("roles", "Volunteer Role", data.get("roles")),
		("areas", "Area", data.get("areas")),
		("languages", "Language", [row.get("language") for row in data.get("languages") or ()]),
		("preferred_language", "Language", [data.get("preferred_language")]),
		("vacancy", "Vacancy", [data.get("vacancy")]),
	):
		values = {value for value in values or () if value}
		if values and frappe.db.count(doctype, {"name": ("in", list(values))}) != len(values):
			wrong[field] = sentence
	meta = frappe.get_meta("Volunteer Language")
	levels = set(meta.get_field("speaking").options.split("\n"))
	if any((row.get(skill) or "") not in levels for row in data.get("languages") or () for skill in SKILLS):
		wrong["languages"] = sentence
	meta = frappe.get_meta("Volunteer Availability")
	options = {field: set(meta.get_field(field).options.split("\n")) for field in ("weekday", "day_part")}
	if any(not row.get(f) or row[f] not in options[f] for row in data.get("availability") or () for f in options):
		wrong["availability"] = sentence
	heard = frappe.get_meta("Volunteer").get_field("heard_from").options.split("\n")
	if (data.get("heard_from") or "") not in heard:
		wrong["heard_from"] = sentence
	return wrong


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


def _new_volunteer(data: dict, key: str):
	doc = frappe.new_doc("Volunteer")
	doc.update({field: data.get(field) for field in PLAIN if data.get(field) not in (None, "")})
	doc.preferred_language = doc.preferred_language or frappe.local.lang
	doc.form_token = key
	for role in dict.fromkeys(data.get("roles") or ()):
		doc.append("roles", {"role": role, "state": "Wanted"})
	for area in dict.fromkeys(data.get("areas") or ()):
		doc.append("areas", {"area": area})
	for row in {row["language"]: row for row in data.get("languages") or () if row.get("language")}.values():
		doc.append("languages", {"language": row["language"], **{skill: row.get(skill) or "" for skill in SKILLS}})
	for weekday, day_part in dict.fromkeys((r["weekday"], r["day_part"]) for r in data.get("availability") or ()):
		doc.append("availability", {"weekday": weekday, "day_part": day_part})
	return doc.insert(ignore_permissions=True)


def _stored_under(key: str, committed_by_another: bool = False) -> str | None:
	# A locking read sees what another request committed a moment ago, where a plain one may not. It is asked only once
	# the row is known to be there: locking a gap would make others wait for each other.
	return frappe.db.get_value("Volunteer", {"form_token": key}, "name", for_update=committed_by_another)


def _volunteer_of(secret: str) -> str | None:
	row = frappe.db.get_value("Volunteer", {"proof_hash": _hash(secret)}, ["name", "proof_expires"], as_dict=True)
	return row.name if row and get_datetime(row.proof_expires) > now_datetime() else None


def _hash(secret: str) -> str:
	return hashlib.sha256((secret or "").encode()).hexdigest()
