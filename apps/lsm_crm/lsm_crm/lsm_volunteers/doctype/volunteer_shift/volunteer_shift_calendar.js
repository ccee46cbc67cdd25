frappe.views.calendar["Volunteer Shift"] = lsm.calendar("Volunteer Shift");
