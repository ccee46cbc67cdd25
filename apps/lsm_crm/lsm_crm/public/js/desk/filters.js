// On a phone a list's filters would push the list off the screen: they open with a button, which tells how many are filled.
const { prototype: list } = frappe.views.ListView;
const MOST = 2; // so many stay where they are

const setup_filter_area = list.setup_filter_area;
list.setup_filter_area = function () {
	const done = setup_filter_area.call(this);
	const fields = this.page.page_form.find(".standard-filter-section");
	if (fields.children().length > MOST) add_button(this, fields);
	return done;
};

const refresh = list.refresh;
list.refresh = function (...args) {
	this.lsm_count_filters?.();
	return Promise.resolve(refresh.apply(this, args)).finally(() => this.lsm_count_filters?.());
};

function add_button(view, fields) {
	const id = `filters-of-${frappe.scrub(view.doctype)}-${view.view_name.toLowerCase()}`;
	const button = $('<button type="button" class="btn btn-default btn-sm lsm-filters">').insertBefore(
		fields.attr("id", id)
	);
	const show = (open) => {
		fields.toggleClass("lsm-folded", !open);
		button.attr("aria-expanded", String(open));
	};
	button.attr("aria-controls", id).on("click", () => show(fields.hasClass("lsm-folded")));
	view.lsm_count_filters = () => {
		const filled = view.filter_area?.get_standard_filters().length;
		button.text(filled ? `${__("Filters")} (${filled})` : __("Filters"));
	};
	view.lsm_count_filters();
	show(false);
}
