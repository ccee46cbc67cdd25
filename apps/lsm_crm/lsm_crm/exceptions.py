"""Errors that this app raises on purpose; each carries a sentence for the reader."""

import frappe


class NameTakenError(frappe.ValidationError):
	"""Another app already owns a DocType that this app brings."""


class TransitionError(frappe.ValidationError):
	"""A workflow step is refused because something is missing."""


class SelfApprovalError(TransitionError):
	"""Someone tried to approve their own work."""


class ReadOnlyStateError(frappe.ValidationError):
	"""The document is in a state in which this person may not change it."""


class ConflictOfInterestError(frappe.ValidationError):
	"""The person to be assigned is close to someone in the case."""


class PossibleBsnError(frappe.ValidationError):
	"""Free text holds a number that passes the check of a citizen service number."""


class ConsentMissingError(frappe.ValidationError):
	"""Something would be shared without the client's consent."""


class LinkExpiredError(frappe.ValidationError):
	"""A link sent by mail is unknown, used up or too old."""


class ImportFileError(frappe.ValidationError):
	"""A register file cannot be read, or a row in it cannot be taken over."""


class ScreeningMissingError(TransitionError):
	"""A volunteer lacks something that the role demands."""


class ShiftRefusedError(frappe.ValidationError):
	"""A place in a shift cannot be taken, given back or swapped; the sentence says why."""


class CapExceededError(frappe.ValidationError):
	"""A payment to a volunteer would go beyond the untaxed maximum."""


class FiguresMissingError(frappe.ValidationError):
	"""A year has no compensation figures, so nothing is paid."""


class ApplicationError(frappe.ValidationError):
	"""An application by web form lacks something; `fieldname` says where the sentence belongs."""

	def __init__(self, sentence: str, fieldname: str):
		super().__init__(sentence)
		self.fieldname = fieldname


class YearClosedError(frappe.ValidationError):
	"""The annual report of that year is closed, so its figures stand."""


class RoomTakenError(frappe.ValidationError):
	"""A room is used by something else at that time."""


class ChildSafetyError(frappe.ValidationError):
	"""A rule that protects children is not met."""


class NoPlaceError(frappe.ValidationError):
	"""An activity is full, closed or over."""

	fieldname = "event"  # where a form shows the sentence


class NoSeniorPlaceError(NoPlaceError):
	"""The same for a senior activity."""

	fieldname = "senior_activity"
