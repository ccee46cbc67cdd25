frappe.views.calendar["Client Appointment"] = lsm.calendar("Client Appointment");
