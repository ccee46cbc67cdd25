"""Anyone on the internet."""

FUNCTIONS = {
	"login": "POST",  # done by the framework before the guard; its own rules are in overrides/login.py
	"frappe.handler.logout": "POST",
	"frappe.handler.web_logout": "POST",
	"frappe.handler.ping": "GET|POST",
	"frappe.ping": "GET|POST",
	"frappe.core.doctype.user.user.reset_password": "POST",
	"frappe.core.doctype.user.user.update_password": "POST update_password",
	"frappe.core.doctype.user.user.test_password_strength": "POST",
	"frappe.translate.get_all_languages": "GET|POST",
}

PAGES = {
	"",
	"index",
	"login",
	"update-password",
	"website_script.js",
}
