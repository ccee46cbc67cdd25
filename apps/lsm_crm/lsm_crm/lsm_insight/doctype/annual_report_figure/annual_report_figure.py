from frappe.model.document import Document


class AnnualReportFigure(Document):
	pass
