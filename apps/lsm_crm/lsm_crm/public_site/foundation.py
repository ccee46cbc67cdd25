"""How the foundation is reached, as the coordinator keeps it in LSM Settings."""

import re
from dataclasses import dataclass

import frappe


@dataclass
class Reach:
	phone: str
	email: str
	press_email: str

	@property
	def phone_link(self) -> str:
		return "tel:" + re.sub(r"[^+0-9]", "", self.phone)


def reach() -> Reach:
	settings = frappe.get_cached_doc("LSM Settings")
	email = settings.email or ""
	return Reach(settings.phone or "", email, settings.second_email or email)
