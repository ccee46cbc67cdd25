frappe.query_reports["All Figures by Month"] = {
	filters: [lsm.year_filter()],
};
