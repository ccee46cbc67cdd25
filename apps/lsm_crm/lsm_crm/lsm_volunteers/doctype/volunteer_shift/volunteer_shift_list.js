frappe.listview_settings["Volunteer Shift"] = {
	add_fields: ["state", "taken", "places"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Open: "orange", Full: "green", Cancelled: "gray" };
		return [`${__(doc.state)} ${doc.taken}/${doc.places}`, colours[doc.state], `state,=,${doc.state}`];
	},
};
