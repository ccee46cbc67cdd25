import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from lsm_crm.constants import CASE_WORKER, COORDINATOR
from lsm_crm.exceptions import SelfApprovalError, TransitionError
from lsm_crm.services import case_deadlines, conflicts, prints
from lsm_crm.services.bsn import refuse_bsn
from lsm_crm.services.links import changed, require_read_on_links
from lsm_crm.services.workflow import WorkflowDocument

WORKING_STATES = ("Intake", "In Progress", "Waiting for Others", "Closing Requested", "Reopened")


class Case(WorkflowDocument):
	def before_insert(self):
		self.fill_from_client()
		self.fill_from_case_type()

	def validate(self):
		require_read_on_links(self, "client")
		refuse_bsn(self, "subject")
		self.check_people()
		self.check_who_assigns()
		conflicts.check_case(self)
		self.mark_steps()
		self.log_assignments()

	def after_insert(self):
		case_deadlines.create_from_type(self)

	def on_update(self):
		if self.get_doc_before_save() and changed(self, "worker"):
			case_deadlines.set_worker(self)

	def before_transition(self, old: str, new: str) -> None:
		if new in WORKING_STATES and not self.worker:
			self.refuse(_("Nobody works on this case yet. Choose a worker first."))
		if new == "Closing Requested":
			self.check_ready_to_close()
			self.closing_requested_by = frappe.session.user
			self.closing_requested_on = nowdate()
		elif new == "Closed":
			self.check_closer()
			self.closed_by = frappe.session.user
			self.closed_on = nowdate()
		elif new == "Reopened":
			self.times_reopened = (self.times_reopened or 0) + 1
			self.closing_requested_by = self.closing_requested_on = self.closed_by = self.closed_on = None
		elif old == "Closing Requested":
			self.closing_requested_by = self.closing_requested_on = None

	def fill_from_client(self):
		client = frappe.db.get_value(
			"Client", self.client, ["preferred_language", "status", "merged_into"], as_dict=True
		)
		if not client:
			return
		if client.status == "Merged":
			frappe.throw(_("{0} was merged into {1}. Use that number.").format(self.client, client.merged_into))
		# the framework fills any field `language` with the site's own
		if self.language in (None, "", frappe.db.get_default("language")):
			self.language = client.preferred_language

	def fill_from_case_type(self):
		if not self.case_type or self.steps:
			return
		case_type = frappe.get_cached_doc("Case Type", self.case_type)
		for step in case_type.steps:
			self.append("steps", case_deadlines.step_from_template(step, getdate(self.opened_on)))
		if case_type.default_confidentiality == "Restricted":
			self.confidentiality = "Restricted"
		if not self.topics:
			for row in case_type.topics:
				self.append("topics", {"topic": row.topic})

	def check_people(self):
		if self.worker and self.worker == self.deputy:
			frappe.throw(_("The deputy must be somebody else than the worker."), title=_("Deputy"))
		for fieldname, roles in (
			("worker", {CASE_WORKER, COORDINATOR}),
			("deputy", {CASE_WORKER, COORDINATOR}),
			("coordinator", {COORDINATOR}),
		):
			user = self.get(fieldname)
			if user and changed(self, fieldname) and not roles.intersection(frappe.get_roles(user)):
				frappe.throw(
					_("{0} cannot be chosen as {1}, for lack of the role {2}.").format(
						user, _(self.meta.get_label(fieldname)), _(sorted(roles)[0])
					)
				)

	def check_who_assigns(self):
		"""Work is given by the coordinator; a worker may take a new case and name the own deputy."""
		user = frappe.session.user
		if self.flags.ignore_permissions or user == "Administrator" or COORDINATOR in frappe.get_roles(user):
			return
		if self.is_new():
			self.worker = self.worker or user
			if self.worker == user:
				return
		elif not changed(self, "worker") and not changed(self, "coordinator"):
			return
		frappe.throw(
			_("Only the coordinator gives a case to somebody else."), title=_("Not changed"), exc=frappe.PermissionError
		)

	def check_ready_to_close(self):
		if not self.outcome:
			self.refuse(_("Closing needs an outcome. Fill in the outcome of this case first."))
		open_steps = [_(step.title) for step in self.steps if step.required and not step.done]
		if open_steps:
			self.refuse(_("These steps are needed before closing: {0}.").format(", ".join(open_steps)))
		deadlines = frappe.get_all(
			"Case Deadline", filters={"case": self.name, "status": "Open"}, pluck="title", limit=5
		)  # the case itself was checked
		if deadlines:
			self.refuse(_("These deadlines are still open: {0}.").format(", ".join(deadlines)))

	def check_closer(self):
		if not self.outcome:
			self.refuse(_("Closing needs an outcome. Fill in the outcome of this case first."))
		if frappe.session.user in (self.closing_requested_by, self.worker):
			frappe.throw(
				_("You work on this case or asked to close it yourself. Another coordinator closes it."),
				title=_("Not closed"),
				exc=SelfApprovalError,
			)

	def refuse(self, sentence: str):
		frappe.throw(sentence, title=_("Something is missing"), exc=TransitionError)

	def mark_steps(self):
		for step in self.steps:
			if step.done and not step.done_on:
				step.done_on, step.done_by = nowdate(), frappe.session.user
			elif not step.done:
				step.done_on = step.done_by = None

	def log_assignments(self):
		"""Keep who worked on it and when, as the fields above hold only the present people."""
		for fieldname, part in (("worker", "Worker"), ("deputy", "Deputy"), ("coordinator", "Coordinator")):
			if not changed(self, fieldname):
				continue
			for row in self.assignments:
				if row.part == part and not row.until_date:
					row.until_date = nowdate()
			if self.get(fieldname):
				self.append(
					"assignments",
					{
						"user": self.get(fieldname),
						"part": part,
						"from_date": nowdate(),
						"reason": self.flags.assignment_reason,
						"given_by": frappe.session.user,
					},
				)

	def paper(self) -> dict:
		"""The whole case for the print."""
		return prints.case_file(self)


def on_doctype_update():
	"""A worker's own cases by state, and a client's cases with who works on them, answered by an index alone."""
	frappe.db.add_index("Case", ["worker", "workflow_state"])
	frappe.db.add_index("Case", ["client", "worker", "deputy"])
