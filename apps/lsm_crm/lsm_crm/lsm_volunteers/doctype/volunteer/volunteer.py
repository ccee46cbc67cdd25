import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, today, validate_email_address

from lsm_crm.exceptions import ApplicationError, ScreeningMissingError
from lsm_crm.services import certificate, screening, volunteer_account, volunteer_registration
from lsm_crm.services.transitions import require, state_change
from lsm_crm.services.workflow import WorkflowDocument

# States in which the person belongs to the foundation and may have an account.
WITH_US = ("Active", "Paused")


class Volunteer(WorkflowDocument):
	def validate(self):
		self.set_full_name()
		self.check_contact()
		self.check_guardian()
		self.check_rows()
		self.check_transition()
		self.check_accepted_roles()

	def before_insert(self):
		if self.flags.public_form:
			self.check_application()
		self.applied_on = self.applied_on or now_datetime()
		if self.consent_to_store:
			self.consent_given_on = self.consent_given_on or now_datetime()

	def after_insert(self):
		if self.flags.public_form:
			volunteer_registration.send_proof(self.name)

	def on_update(self):
		self.follow_transition()

	def check_application(self):
		"""What the web form must hold, whatever staff made of the form's own settings."""
		for value, fieldname, sentence in (
			(self.first_name, "first_name", _("Please write your first name.")),
			(self.email, "email", _("Please write your e-mail address.")),
			(self.roles, "roles", _("Please choose what you would like to do.")),
			(self.languages, "languages", _("Please name at least one language that you speak.")),
			(
				self.guardian_name or not self.under_18,
				"guardian_name",
				_("You are under 18: please write the name of a parent or guardian."),
			),
			(
				self.consent_to_store,
				"consent_to_store",
				_("Without your consent we may not store your registration."),
			),
		):
			if not value:
				raise ApplicationError(sentence, fieldname)

	def set_full_name(self):
		self.first_name = (self.first_name or "").strip()
		self.last_name = (self.last_name or "").strip()
		self.full_name = " ".join(filter(None, (self.first_name, self.last_name)))

	def check_contact(self):
		self.email = (self.email or "").strip().lower() or None
		if self.email:
			validate_email_address(self.email, throw=True)
		before = self.get_doc_before_save()
		if before and before.email != self.email:
			self.email_proven_on = None

	def check_guardian(self):
		if self.date_of_birth:
			if getdate(self.date_of_birth) > getdate():
				frappe.throw(_("The date of birth lies in the future."), title=_("Date of Birth"))
			self.under_18 = int(age_on(self.date_of_birth, today()) < 18)
		if self.under_18 and self.workflow_state in WITH_US:
			require(
				[
					(self.guardian_name, _("The name of a parent or guardian is missing: the volunteer is under 18.")),
					(self.guardian_consent_on, _("The day on which the parent or guardian agreed is missing.")),
				],
				_("Parent or Guardian"),
			)

	def check_rows(self):
		for table, keys, sentence in (
			("roles", ("role",), _("The role {0} stands twice.")),
			("languages", ("language",), _("The language {0} stands twice.")),
			("availability", ("weekday", "day_part"), _("{0} stands twice in the availability.")),
			("areas", ("area",), _("The area {0} stands twice.")),
		):
			seen = set()
			for row in self.get(table):
				value = tuple(row.get(key) for key in keys)
				if value in seen:
					frappe.throw(sentence.format(" ".join(_(part) for part in value)), title=_("Twice the same"))
				seen.add(value)

	def check_transition(self):
		change = state_change(self)
		check = change and {
			("Applied", "Interview"): self.check_can_be_reached,
			("Interview", "Screening"): self.check_interview,
			("Screening", "Active"): self.check_can_start,
			("Paused", "Active"): self.check_can_start,
			("Active", "Paused"): self.check_pause,
		}.get(change)
		if check:
			check()
		if change and change[1] == "Rejected":
			require([(self.rejection_reason, _("Write why the application is rejected."))], _("Rejecting"))
		if change and change[1] == "Left":
			self.left_on = self.left_on or today()

	def check_can_be_reached(self):
		require([(self.email or self.phone, _("An e-mail address or a phone number is missing."))], _("Interview"))

	def check_interview(self):
		require(
			[
				(self.interview_on, _("Write when the interview was.")),
				(self.interview_result, _("Write the outcome of the interview.")),
				(self.roles, _("Choose at least one role.")),
			],
			_("Screening"),
		)

	def check_can_start(self):
		require([(self.wanted_or_accepted(), _("Choose at least one role."))], _("Taking on"))
		require([(self.consent_to_store, _("The volunteer has not agreed that we store these data."))], _("Taking on"))
		self.refuse_unscreened(self.wanted_or_accepted())
		for row in self.roles:
			if row.state == "Wanted":
				row.state, row.since = "Accepted", today()
		self.active_since = self.active_since or today()
		self.left_on = self.paused_until = None

	def check_pause(self):
		require([(self.pause_reason, _("Write why the volunteer pauses."))], _("Pausing"))

	def check_accepted_roles(self):
		"""A role accepted later is screened like the first ones."""
		before = self.get_doc_before_save()
		if not before or state_change(self):
			if self.is_new() and any(row.state == "Accepted" for row in self.roles):
				frappe.throw(
					_("A role is accepted when the volunteer is taken on, not at the start."), title=_("Roles")
				)
			return
		had = {row.role for row in before.roles if row.state == "Accepted"}
		added = [row for row in self.roles if row.state == "Accepted" and row.role not in had]
		if added and self.workflow_state not in WITH_US:
			frappe.throw(_("A role is accepted when the volunteer is taken on, not at the start."), title=_("Roles"))
		self.refuse_unscreened([row.role for row in added])
		for row in added:
			row.since = today()

	def refuse_unscreened(self, roles: list[str]):
		missing = screening.missing(self.name, roles)
		if missing:
			frappe.throw(
				"<br>".join(gap.sentence() for gap in missing), title=_("Screening"), exc=ScreeningMissingError
			)

	def certificate(self) -> dict:
		"""What the certificate of hours prints, in Dutch and in the volunteer's language."""
		return certificate.paper(self.name, self.preferred_language)

	def wanted_or_accepted(self) -> list[str]:
		return [row.role for row in self.roles if row.state != "Ended"]

	def follow_transition(self):
		change = state_change(self)
		if not change:
			return
		if change[1] == "Active":
			volunteer_account.open_account(self)
		if change[1] in ("Paused", "Left"):
			from lsm_crm.services import shift_places

			shift_places.release_future_places(self.name)
		if change[1] == "Left":
			volunteer_account.close_account(self)


def age_on(birth, day) -> int:
	"""Whole years of age on that day."""
	birth, day = getdate(birth), getdate(day)
	return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
