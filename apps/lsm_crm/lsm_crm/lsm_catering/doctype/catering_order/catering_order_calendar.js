frappe.views.calendar["Catering Order"] = lsm.calendar("Catering Order");
