"""Topics, client groups, kinds of service, areas and projects, Dutch and English, from the vocabulary."""

from lsm_crm.setup.data import read
from lsm_crm.setup.masters import insert_missing

TWO_LANGUAGES = {
	"Help Topic": ("help_topics", "topic_name"),
	"Client Group": ("client_groups", "group_name"),
	"Service Type": ("services_given", "service_name"),
}


def seed() -> None:
	"""Insert every term of the vocabulary that is missing."""
	words = read("vocabulary")
	for doctype, (key, field) in TWO_LANGUAGES.items():
		for word in words[key]:
			insert_missing(doctype, word["en"], **{field: word["en"], "dutch_name": word["nl"]})
	seed_areas(words["areas"], words["senior_target_areas"])
	vegan = {row["what"] for row in words["recurring"] if row.get("meal", "").endswith("and vegan")}
	for kind, names in words["projects"].items():
		for name in names:
			insert_missing(
				"LSM Project",
				name,
				project_name=name,
				dutch_name=name,
				kind=kind.capitalize(),
				vegan_only=int(name in vegan),
			)


def seed_areas(areas: list[dict], senior_targets: list[str]) -> None:
	"""Areas of Leiden as a tree under one root."""
	root = insert_missing("Area", "Leiden", area_name="Leiden", dutch_name="Leiden", is_group=1)
	for area in areas:
		_insert_area(area["name"], root, senior_targets, is_group=1)
		for child in area.get("children", []):
			_insert_area(child, area["name"], senior_targets, is_group=0)


def _insert_area(name: str, parent: str, senior_targets: list[str], is_group: int) -> None:
	insert_missing(
		"Area",
		name,
		area_name=name,
		dutch_name=name,
		parent_area=parent,
		is_group=is_group,
		senior_target=int(name in senior_targets),
	)
