"""What a site for real use has on, and a site with made-up people has not: the second factor for staff."""

from frappe.installer import update_site_config


def secure() -> None:
	"""Called when a site is started empty, for real use."""
	update_site_config("lsm_second_factor", 1)
