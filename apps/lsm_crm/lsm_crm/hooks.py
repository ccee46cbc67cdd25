"""Wiring of the app to the framework; no logic here."""

from lsm_crm import permissions as _permissions

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
has_permission = _permissions.document_hooks()

# Events
doc_events = {
	"*": {
		"on_change": "lsm_crm.permissions.forget_rows",
		"after_insert": "lsm_crm.permissions.forget_rows",
		"after_delete": "lsm_crm.permissions.forget_rows",
	},
}

# Schedule
scheduler_events: dict[str, list[str]] = {
	"hourly": ["lsm_crm.public_forms.uploads.remove_old"],
}

# Pages and brand
page_renderer = ["lsm_crm.public_site.renderer.PublicRenderer"]
website_context = {
	"favicon": "/assets/lsm_crm/images/lsm-favicon.svg",
	"splash_image": "/assets/lsm_crm/images/lsm-logo.svg",
}
