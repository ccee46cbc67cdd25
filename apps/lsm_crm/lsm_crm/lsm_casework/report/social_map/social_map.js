frappe.query_reports["Social Map"] = {
	filters: [
		{ fieldname: "topic", label: __("Topic"), fieldtype: "Link", options: "Help Topic" },
		{ fieldname: "language", label: __("Language"), fieldtype: "Link", options: "Language" },
		{ fieldname: "area", label: __("Area"), fieldtype: "Link", options: "Area" },
		{
			fieldname: "weekday",
			label: __("Open on"),
			fieldtype: "Select",
			options: ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
		},
		{ fieldname: "text", label: __("Name or words"), fieldtype: "Data" },
	],
};
