"""The twelve case types with their steps and deadlines."""

from lsm_crm.setup.data import read
from lsm_crm.setup.masters import insert_missing

BY_HAND = "When the step is entered by hand"


def seed() -> None:
	"""Insert the case types that are missing."""
	data = read("case_types")
	for row in data["case_types"]:
		insert_missing(
			"Case Type",
			row["name"],
			type_name=row["name"],
			dutch_name=row["nl"],
			default_confidentiality="Restricted" if row.get("restricted") else "Normal",
			topics=[{"topic": topic} for topic in row["topics"]],
			steps=[_step(step) for step in _steps(data, row)],
			deadlines=[_deadline(deadline) for deadline in row["deadlines"]],
		)


def _steps(data: dict, row: dict) -> list[dict]:
	return [] if row["steps"] is None else [*data["steps_for_all"], *row["steps"]]


def _step(step: dict) -> dict:
	return {
		"title": step["title"],
		"dutch_title": step["nl"],
		"working_days": step["days"],
		"required": int(step.get("required", False)),
	}


def _deadline(deadline: dict) -> dict:
	# A legal term runs from the day of a letter, which somebody must read: it is entered by hand.
	legal = deadline.get("legal", False)
	return {
		"title": deadline["title"],
		"dutch_title": deadline["nl"],
		"kind": "Legal" if legal else "Agreed",
		"length": deadline["length"],
		"unit": deadline["unit"],
		"starts": BY_HAND if legal else "When the case opens",
		"remind_days_before": deadline.get("remind", 5),
		"source": deadline.get("source"),
	}
