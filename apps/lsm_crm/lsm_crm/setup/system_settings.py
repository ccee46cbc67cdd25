"""System settings a foundation in Leiden needs, and the switches that must be off for safety."""

import frappe

VALUES = {
	"country": "Netherlands",
	"language": "nl",
	"time_zone": "Europe/Amsterdam",
	"date_format": "dd-mm-yyyy",
	"time_format": "HH:mm",
	"number_format": "#.###,##",
	"first_day_of_the_week": "Monday",
	"app_name": "LSM",
	"otp_issuer_name": "LSM",
	"setup_complete": 1,
	"enable_onboarding": 0,
	"enable_telemetry": 0,
	"login_with_email_link": 0,
	"disable_document_sharing": 1,
	"allow_login_using_user_name": 0,
	"allow_login_using_mobile_number": 0,
	"allow_consecutive_login_attempts": 4,  # the framework locks after one more
	"allow_login_after_fail": 600,
	"allow_error_traceback": 0,
	"allow_guests_to_upload_files": 0,
	"allow_older_web_view_links": 0,
	"attach_view_link": 0,
	"disable_change_log_notification": 1,
	"disable_system_update_notification": 1,
	"disable_standard_email_footer": 1,
	"minimum_password_score": 3,
	"enable_password_policy": 1,
	"logout_on_password_reset": 1,
	"reset_password_link_expiry_duration": 3600,
	"strip_exif_metadata_from_uploaded_images": 1,
	"session_expiry": "00:30",  # without a request
	"document_share_key_expiry": 1,
}


def seed() -> None:
	"""Set the values once; a site whose wizard is done keeps what staff chose."""
	seed_currency()
	seed_values()
	forget_language()  # here too: while an app is installed its hooks are not called yet


def seed_values() -> None:
	settings = frappe.get_single("System Settings")
	if settings.setup_complete and settings.app_name == VALUES["app_name"]:
		return
	settings.update({key: value for key, value in VALUES.items() if settings.meta.has_field(key)})
	settings.flags.ignore_mandatory = True
	settings.save(ignore_permissions=True)
	frappe.db.set_default("desktop:home_page", "workspace")


def seed_currency() -> None:
	"""Without one the desk shows amounts in the first currency of its list."""
	if not frappe.db.get_default("currency"):
		frappe.db.set_default("currency", "EUR")


def forget_language(doc=None, method=None) -> None:
	"""From the site's language the framework makes a default for every field called `language`: a person whose language
	nobody asked for would be counted as speaking Dutch."""
	frappe.defaults.clear_default("language", parent="__default")
