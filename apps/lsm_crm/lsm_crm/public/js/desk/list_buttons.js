// Buttons of a list in the order of words that a language has, where the framework puts English ones together.
const List = frappe.views.ListView.prototype;

const setup_view_menu = List.setup_view_menu;
List.setup_view_menu = function () {
	setup_view_menu.call(this);
	this.views_menu
		?.closest(".custom-btn-group")
		.find(".custom-btn-group-label")
		.first()
		.text(__(`${this.view_name} View`));
};

const set_primary_action = List.set_primary_action;
List.set_primary_action = function () {
	set_primary_action.call(this);
	this.page.btn_primary.find("span").text(__("Add {0}", [__(this.doctype)]));
};
