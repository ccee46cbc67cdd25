frappe.query_reports["Senior Activities by Area"] = {
	filters: [lsm.year_filter()],
};
