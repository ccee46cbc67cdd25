frappe.views.calendar["Kidsoase Day"] = lsm.calendar("Kidsoase Day");
