"""The foundation's name and mark in the desk and on the website."""

import frappe

LOGO = "/assets/lsm_crm/images/lsm-logo.svg"


def seed() -> None:
	"""Name and logo where the framework's own still stand."""
	website = frappe.get_single("Website Settings")
	if website.app_name in (None, "", "Frappe"):
		website.update(
			{
				"app_name": "LSM",
				"app_logo": LOGO,
				"brand_html": "LSM",
				"favicon": "/assets/lsm_crm/images/lsm-favicon.svg",
				"splash_image": LOGO,
				"title_prefix": "LSM",
				"disable_signup": 1,
				"hide_footer_signup": 1,
				"footer_powered": "LSM",
			}
		)
		website.save(ignore_permissions=True)
	navbar = frappe.get_single("Navbar Settings")
	if not navbar.app_logo:
		navbar.app_logo = LOGO
		navbar.save(ignore_permissions=True)
