frappe.ui.form.on("Client Confidential", {
	async onload(frm) {
		const groups = await frappe.db.get_list("Client Group", { filters: { disabled: 0 }, limit: 50 });
		frm.set_df_property(
			"client_group",
			"options",
			groups.map((group) => ({ value: group.name, label: __(group.name) }))
		);
	},
});
