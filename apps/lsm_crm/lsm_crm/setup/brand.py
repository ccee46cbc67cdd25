"""The foundation's name and mark in the desk and on the website."""

import frappe

LOGO = "/assets/lsm_crm/images/lsm-logo.svg"

# What the framework puts into the menus: about itself, or of no use to people who only work here.
HIDDEN_ITEMS = (
	"Documentation",
	"User Forum",
	"Frappe School",
	"Report an Issue",
	"About",
	"Frappe Support",
	"Apps",
	"Session Defaults",
	"Toggle Full Width",
	"Background Jobs",
	"Setup",
)


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
	seed_navbar()


def seed_navbar() -> None:
	"""The foundation's logo, and menus without the framework's own entries."""
	navbar = frappe.get_single("Navbar Settings")
	if navbar.app_logo:
		return
	navbar.app_logo = LOGO
	navbar.logo_width = 28
	for item in [*navbar.help_dropdown, *navbar.settings_dropdown]:
		if item.item_label in HIDDEN_ITEMS:
			item.hidden = 1
	navbar.save(ignore_permissions=True)


def restore_navbar() -> None:
	"""Show the framework's own menu entries again, when the app is taken off."""
	frappe.db.set_value("Navbar Item", {"item_label": ("in", HIDDEN_ITEMS)}, "hidden", 0)
