"""Whoever is logged in: volunteers outside the desk, and everybody else too."""

FUNCTIONS = {
	"frappe.auth.get_logged_user": "GET|POST",
	"frappe.realtime.get_user_info": "GET|POST",
	"frappe.realtime.can_subscribe_doc": "GET|POST",
	"frappe.realtime.can_subscribe_doctype": "GET|POST",
	"frappe.handler.upload_file": "POST upload",
	"frappe.core.api.file.get_max_file_size": "GET|POST",
	"frappe.sessions.get_boot_assets_json": "GET|POST",
	"frappe.translate.get_app_translations": "GET|POST",
	"lsm_crm.api.second_factor.begin": "POST",
	"lsm_crm.api.second_factor.confirm": "POST",
	"lsm_crm.api.second_factor.verify": "POST",
}

PAGES = {"second-step"}
