"""Functions of newer releases of Frappe that the obtained one lacks and that nobody may call, from their published source.

Names only: one that a release does not have does no harm here. What the desk of a newer release needs stands in `staff.py`,
under its own heading; a framework without it answers as for any function that is not there.
"""

FUNCTIONS = {
	"frappe.apps.set_app_as_default",
	"frappe.core.api.user_invitation.accept_invitation",
	"frappe.core.api.user_invitation.cancel_invitation",
	"frappe.core.api.user_invitation.get_pending_invitations",
	"frappe.core.api.user_invitation.invite_by_email",
	"frappe.core.doctype.user.user.impersonate",
	"frappe.integrations.frappe_providers.frappecloud_billing.api",
	"frappe.integrations.frappe_providers.frappecloud_billing.current_site_info",
	"frappe.integrations.frappe_providers.frappecloud_billing.is_fc_site",
	"frappe.integrations.frappe_providers.frappecloud_billing.send_verification_code",
	"frappe.integrations.frappe_providers.frappecloud_billing.verify_verification_code",
	"frappe.push_notification.auth_webhook",
	"frappe.push_notification.subscribe",
	"frappe.push_notification.unsubscribe",
	"frappe.utils.telemetry.pulse.client.boot_config",
	"frappe.utils.telemetry.pulse.client.get_debug_info",
}

DOC_METHODS = {
	"frappe.core.doctype.audit_trail.audit_trail:AuditTrail.compare_document",
	"frappe.core.doctype.permission_inspector.permission_inspector:PermissionInspector.debug",
}
