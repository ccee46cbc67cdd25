"""Seeded made-up rounds in and around Leiden and the simple way to order them: what the planner is measured against."""

import random

from lsm_crm.services.routes import METRE, kilometres

# Corners of a box around Leiden: latitude and longitude.
SOUTH, NORTH, WEST, EAST = 52.130, 52.185, 4.440, 4.540


def places(stops: int, seed: int) -> list[tuple[float, float]]:
	"""The kitchen and then that many places, always the same for a seed."""
	chance = random.Random(seed)
	return [(chance.uniform(SOUTH, NORTH), chance.uniform(WEST, EAST)) for _number in range(stops + 1)]


def matrix_of(points: list[tuple[float, float]]) -> list[list[int]]:
	"""Ways in metres between all of them."""
	return [[round(kilometres(a, b) * METRE) for b in points] for a in points]


def nearest_neighbour(matrix: list[list[int]]) -> list[int]:
	"""Always on to the nearest place that has not been visited."""
	order, here, left = [], 0, set(range(1, len(matrix)))
	while left:
		here = min(left, key=lambda place: matrix[here][place])
		left.remove(here)
		order.append(here)
	return order
