"""A counted figure of a day, month or year. Made by the roll-up alone; a document of it is never saved by hand."""

import frappe
from frappe import _
from frappe.model.document import Document


class DailyFigure(Document):
	def validate(self):
		frappe.throw(_("Figures are counted from the records every night; nobody types them."), title=_("Figures"))


def on_doctype_update():
	frappe.db.add_index("Daily Figure", ["figure", "grain", "day"], "figure_grain_day")
