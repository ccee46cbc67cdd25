from frappe.model.document import Document


class AnnualReportChapter(Document):
	pass
