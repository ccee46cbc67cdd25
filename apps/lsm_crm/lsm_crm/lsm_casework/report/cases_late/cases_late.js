frappe.query_reports["Cases Late"] = {
	filters: [
		{
			fieldname: "worker",
			label: __("Worker"),
			fieldtype: "Link",
			options: "User",
		},
		{
			fieldname: "days",
			label: __("Also due within (days)"),
			fieldtype: "Int",
			default: 0,
		},
	],
};
