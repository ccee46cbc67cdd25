frappe.views.calendar["Senior Session"] = lsm.calendar("Senior Session");
