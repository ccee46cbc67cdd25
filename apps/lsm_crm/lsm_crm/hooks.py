"""Wiring of the app to the framework; no logic here."""

from lsm_crm import permissions as _permissions
from lsm_crm.overrides import templates as _templates

app_name = "lsm_crm"
app_title = "LSM CRM"
app_publisher = "Stichting Leids Steunloket Migranten"
app_description = "Casework, volunteers, activities and catering for a foundation that helps migrants in Leiden"
app_email = "info@leidssteunloket.nl"
app_license = "MIT"
app_logo_url = "/assets/lsm_crm/images/lsm-logo.svg"

# Install, migrate, uninstall
before_install = "lsm_crm.install.before_install"
after_install = "lsm_crm.install.after_install"
after_sync = "lsm_crm.install.after_sync"
after_migrate = "lsm_crm.install.after_migrate"
before_uninstall = "lsm_crm.uninstall.before_uninstall"
after_uninstall = "lsm_crm.uninstall.after_uninstall"

# Permissions
permission_query_conditions = _permissions.list_hooks()
has_permission = _permissions.document_hooks() | {"File": "lsm_crm.overrides.files.has_permission"}
lsm_extra_rows = ["lsm_crm.row_rules.privacy.emergency_rows"]

# Safety: what a request may call is decided before the framework acts on it
before_request = ["lsm_crm.guard.origin.before_request", "lsm_crm.overrides.framework_pdf.close"]
before_job = ["lsm_crm.overrides.framework_pdf.close"]
auth_hooks = ["lsm_crm.guard.decide.authorize"]
after_request = ["lsm_crm.guard.reading.after_request", "lsm_crm.guard.headers.after_request"]
on_login = ["lsm_crm.overrides.login.on_login"]
on_session_creation = ["lsm_crm.overrides.login.on_session_creation"]
override_doctype_class = {
	"Contact": "lsm_crm.overrides.people.QuietContact",
	"Deleted Document": "lsm_crm.overrides.documents.EmptyDeletedDocument",
	"File": "lsm_crm.overrides.files.GuardedFile",
	"Error Log": "lsm_crm.overrides.error_log.ScrubbedErrorLog",
	"User": "lsm_crm.overrides.people.QuietUser",
}
# their answers or side effects cannot be mended from outside
override_whitelisted_methods = {
	"frappe.core.doctype.user.user.reset_password": "lsm_crm.overrides.account.reset_password",
	"frappe.desk.form.load.getdoc": "lsm_crm.overrides.desk.getdoc",
	"frappe.desk.notifications.get_open_count": "lsm_crm.overrides.desk.get_open_count",
	"frappe.utils.global_search.search": "lsm_crm.overrides.desk.search",
	"frappe.utils.print_format.download_pdf": "lsm_crm.api.pdf.download_pdf",
	"frappe.utils.print_format.download_multi_pdf": "lsm_crm.api.pdf.download_multi_pdf",
	"frappe.utils.print_format.report_to_pdf": "lsm_crm.api.pdf.report_to_pdf",
	"frappe.utils.weasyprint.download_pdf": "lsm_crm.api.pdf.download_pdf",
}

# Events
doc_events = {
	"*": {
		"before_insert": "lsm_crm.overrides.documents.before_insert",
		"before_validate": "lsm_crm.overrides.documents.before_validate",
		"before_print": "lsm_crm.overrides.documents.before_print",
		"before_rename": "lsm_crm.overrides.documents.refuse_rename",
		**{
			event: ["lsm_crm.permissions.forget_rows", "lsm_crm.public_forms.kept.forget"]
			for event in ("on_change", "after_insert", "after_delete")
		},
	},
	"File": {"validate": "lsm_crm.lsm_volunteers.doctype.screening_item.screening_item.refuse_attachment"},
	**{name: {"validate": "lsm_crm.overrides.templates.validate"} for name in _templates.TEMPLATES},
	"System Settings": {"on_update": "lsm_crm.setup.system_settings.forget_language"},
	"DocShare": {"validate": "lsm_crm.overrides.documents.refuse_share"},
	"User": {
		"before_validate": "lsm_crm.overrides.account.remember_roles",
		"validate": [
			"lsm_crm.overrides.account.refuse_password_in_form",
			"lsm_crm.overrides.account.drop_unasked_manager",
		],
	},
}

# Schedule
scheduler_events: dict[str, list[str]] = {
	"all": ["lsm_crm.tasks.hand_over"],
	"daily": ["lsm_crm.tasks.remind"],
	"hourly": [
		"lsm_crm.tasks.offer_places",
		"lsm_crm.public_forms.uploads.remove_old",
		"lsm_crm.lsm_volunteers.tasks.hourly",
	],
	"daily_long": [
		"lsm_crm.tasks.count_figures",
		"lsm_crm.tasks.fill_activities",
		"lsm_crm.tasks.ready_numbers",
		"lsm_crm.tasks.nightly_retention",
		"lsm_crm.tasks.nightly_log_check",
		"lsm_crm.lsm_volunteers.tasks.daily",
	],
}

# Pages and brand
jinja = {"methods": ["lsm_crm.services.menu.allergens_in_words", "lsm_crm.services.language.called"]}
extend_bootinfo = ["lsm_crm.overrides.boot.own_workspaces", "lsm_crm.overrides.boot.staff"]
app_include_js = ["lsm_desk.bundle.js"]
app_include_css = ["lsm_desk.bundle.css"]
page_renderer = [
	"lsm_crm.activity_pages.renderer.ActivityPages",
	"lsm_crm.volunteer_portal.renderer.PortalRenderer",
	"lsm_crm.public_site.renderer.PublicRenderer",
]
role_home_page = {"LSM Volunteer": "portal"}
website_context = {
	"favicon": "/assets/lsm_crm/images/lsm-favicon.svg",
	"splash_image": "/assets/lsm_crm/images/lsm-logo.svg",
}
