frappe.pages["walk-in"].on_page_load = async (wrapper) => {
	frappe.ui.make_app_page({ parent: wrapper, title: __("Walk-in hour"), single_column: true });
	await frappe.require(["walk_in.bundle.css", "walk_in.bundle.js"]);
	wrapper.walk_in = new lsm_crm.WalkIn(wrapper.page);
};

frappe.pages["walk-in"].on_page_show = (wrapper) => {
	wrapper.walk_in?.focus();
};
