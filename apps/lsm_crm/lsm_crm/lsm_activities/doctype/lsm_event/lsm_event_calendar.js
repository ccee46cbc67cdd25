frappe.views.calendar["LSM Event"] = lsm.calendar("LSM Event");
