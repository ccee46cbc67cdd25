"""Texts of the framework's desk that it has no Dutch for, so that they are translated with our own."""

from frappe import _


def texts() -> tuple[str, ...]:
	"""Each as the framework writes it; a newer framework that translates them itself is not disturbed."""
	return (
		_("Calendar View"),
		_("Clear all filters"),
		_("Created By"),
		_("Edit Filters"),
		_("Go Back"),
		_("Kanban Settings"),
		_("Kanban View"),
		_("Keyboard Shortcuts"),
		_("Last Edited by You"),
		_("Last Modified On"),
		_("List View"),
		_("Load More"),
		_("Log out"),
		_("Login"),
		_("Login to {0}"),
		_("Connections"),
		_("Mark all as read"),
		_("My Profile"),
		_("New Email"),
		_("No Data..."),
		_("No New notifications"),
		_("Not Set"),
		_("Notification Settings"),
		_("Notifications"),
		_("Report View"),
		_("Save Filter"),
		_("Search or type a command (Ctrl + G)"),
		_("See all Activity"),
		_("Select Kanban"),
		_("Select or drag across time slots to create a new event."),
		_("Toggle Theme"),
		_("View List"),
		_("{0} edited this {1}"),
	)
