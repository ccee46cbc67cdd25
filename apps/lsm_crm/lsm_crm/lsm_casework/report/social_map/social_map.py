from frappe import _

from lsm_crm.services import social_map


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Partners that fit, those who helped most of the people referred to them first."""
	return columns(), social_map.find(
		**{key: value for key, value in (filters or {}).items() if key in social_map.FILTERS}
	)


def columns() -> list[dict]:
	return [
		{
			"fieldname": "name",
			"label": _("Partner"),
			"fieldtype": "Link",
			"options": "Partner Organisation",
			"width": 220,
		},
		{"fieldname": "kind", "label": _("Kind"), "fieldtype": "Data", "width": 110},
		{"fieldname": "topics", "label": _("Topics"), "fieldtype": "Data", "width": 220},
		{"fieldname": "languages", "label": _("Languages"), "fieldtype": "Data", "width": 140},
		{"fieldname": "hours", "label": _("Opening hours"), "fieldtype": "Data", "width": 240},
		{"fieldname": "phone", "label": _("Phone"), "fieldtype": "Data", "width": 130},
		{"fieldname": "referrals_sent", "label": _("Referred"), "fieldtype": "Int", "width": 90},
		{"fieldname": "success_rate", "label": _("Helped (%)"), "fieldtype": "Percent", "width": 100},
	]
