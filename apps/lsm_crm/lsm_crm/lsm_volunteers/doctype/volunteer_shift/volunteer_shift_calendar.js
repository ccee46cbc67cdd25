frappe.views.calendar["Volunteer Shift"] = {
	field_map: { start: "starts_at", end: "ends_at", id: "name", title: "title", color: "color" },
	get_events_method: "lsm_crm.lsm_volunteers.doctype.volunteer_shift.volunteer_shift.get_events",
};
