frappe.views.calendar["Lesson"] = lsm.calendar("Lesson");
