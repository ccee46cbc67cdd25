frappe.listview_settings["Client Consent"] = {
	add_fields: ["status"],
	get_indicator: lsm.indicator("status", {
		Valid: "green",
		Expired: "orange",
		Withdrawn: "red",
	}),
};
