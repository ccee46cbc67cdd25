"""The houses where the foundation works, each with its rooms."""

from lsm_crm.setup.data import read
from lsm_crm.setup.masters import insert_missing

# The foundation's texts name the houses; staff put in the rooms' real names and sizes.
ROOMS = {
	"Speeltuin Westerkwartier": (("Large Hall", 60), ("Children's Room", 25), ("Lesson Room", 16)),
	"Huis van de Buurt Matilo": (("Large Hall", 80), ("Lesson Room", 16)),
	"Vogelvlucht": (("Hall", 40),),
	"'t Trefpunt": (("Hall", 40),),
}
# About the middle of each neighbourhood, good enough to plan rounds until staff put in the exact place.
PLACES = {
	"Speeltuin Westerkwartier": (52.1502, 4.4807),
	"Huis van de Buurt Matilo": (52.1530, 4.5180),
	"Vogelvlucht": (52.1480, 4.4660),
	"'t Trefpunt": (52.1560, 4.4900),
}


def seed() -> None:
	"""Insert venues and rooms that are missing."""
	for venue in read("vocabulary")["venues"]:
		name = venue["name"]
		latitude, longitude = PLACES.get(name, (None, None))
		insert_missing(
			"Venue",
			name,
			venue_name=name,
			dutch_name=name,
			address=venue.get("address"),
			area=venue.get("area"),
			latitude=latitude,
			longitude=longitude,
		)
		for room, capacity in ROOMS.get(name, ()):
			insert_missing("Venue Room", f"{name} - {room}", venue=name, room_name=room, capacity=capacity)
