frappe.listview_settings["Client Appointment"] = {
	add_fields: ["status"],
	get_indicator: lsm.indicator("status", {
		Planned: "blue",
		Held: "green",
		Missed: "red",
		Cancelled: "gray",
	}),
	onload(listview) {
		listview.page.add_inner_button(__("My calendar on my phone"), async () => {
			const { message } = await frappe.call({
				method: "lsm_crm.api.cases.new_calendar_address",
				type: "POST",
			});
			frappe.msgprint({
				title: __("My calendar on my phone"),
				message: `${__("Add this address to your calendar. An earlier address stops working.")}<br><code>${message}</code>`,
			});
		});
	},
};
