from frappe.utils.nestedset import NestedSet

from lsm_crm.services import terms


class Area(NestedSet):
	nsm_parent_field = "parent_area"

	def on_update(self):
		super().on_update()
		terms.translate(self.name, self.dutch_name)
