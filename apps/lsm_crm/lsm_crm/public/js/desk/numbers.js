// A number that may be a citizen service number is held up by the server; here somebody says that it is another one.
frappe.provide("lsm_crm.numbers");

lsm_crm.numbers.confirm = ({ doctype, number }) => {
	frappe.hide_msgprint?.();
	frappe.prompt(
		{
			fieldname: "meaning",
			fieldtype: "Data",
			label: __("What is this number?"),
			description: __("For example: file number of the tax office. This is written into a log."),
			reqd: 1,
		},
		async ({ meaning }) => {
			await frappe.call({
				method: "lsm_crm.api.numbers.confirm",
				type: "POST",
				args: { doctype, number, meaning },
			});
			frappe.show_alert({ message: __("Written down. You can save now."), indicator: "green" });
		},
		__("Another number"),
		__("Confirm")
	);
};
