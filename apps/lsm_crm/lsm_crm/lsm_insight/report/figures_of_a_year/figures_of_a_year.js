frappe.query_reports["Figures of a Year"] = {
	filters: [
		lsm.year_filter(),
		{
			fieldname: "figure",
			label: __("Figure"),
			fieldtype: "Select",
			default: "Help Requests",
			reqd: 1,
			options: [
				{ value: "Help Requests", label: __("Help Requests") },
				{ value: "Cases Opened", label: __("Cases Opened") },
				{ value: "Cases Closed", label: __("Cases Closed") },
				{ value: "Referrals", label: __("Referrals") },
				{ value: "Volunteer Hours", label: __("Volunteer Hours") },
				{ value: "Event Visitors", label: __("Event Visitors") },
				{ value: "Lessons", label: __("Lessons") },
				{ value: "Senior Visits", label: __("Senior Visits") },
				{ value: "Energy Intakes", label: __("Energy Intakes") },
				{ value: "Catering Portions", label: __("Catering Portions") },
			],
		},
		{
			fieldname: "split",
			label: __("Split by"),
			fieldtype: "Select",
			default: "Topic",
			options: [
				{ value: "Total", label: __("Nothing") },
				{ value: "Topic", label: __("Topic") },
				{ value: "Language", label: __("Language") },
				{ value: "Area", label: __("Area") },
				{ value: "Mode", label: __("Mode") },
				{ value: "Kind", label: __("Kind") },
			],
		},
	],
};
