"""In which order stops are visited, so that the way is short and every window is kept. No database here.

Distances are as the crow flies times a detour factor: nothing leaves the house to a map service. OR-Tools searches: first a
cheapest path, then guided local search until the time is up. Kilometres are floats, times are minutes after midnight.
"""

from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

EARTH_KM = 6371.0088
# Streets of a Dutch town against the straight line: Boscoe and others (2012) found 1.4 for the US, towns with bridges like
# Leiden lie near it; planning errs on the long side.
DETOUR = 1.35
KM_PER_HOUR = {"Car": 22.0, "Cargo Bike": 13.0, "Bicycle": 15.0, "On Foot": 4.8}
DAY_ENDS = 24 * 60
# Leaving a stop out must cost more than any detour.
LEFT_OUT = 10_000_000
METRE = 1000


@dataclass(frozen=True)
class Stop:
	"""A place to deliver; `opens` and `closes` are the window for arriving."""

	key: str
	place: tuple[float, float]
	opens: int = 0
	closes: int = DAY_ENDS
	load: int = 0


@dataclass(frozen=True)
class Driver:
	"""Who brings it: from when, how fast, how much at once (0 is without limit)."""

	key: str
	starts: int = 0
	mode: str = "Car"
	capacity: int = 0


@dataclass
class Round:
	driver: str
	stops: list[tuple[str, int, float]] = field(default_factory=list)  # key, arrival, km from the one before
	kilometres: float = 0.0
	ends: int = 0


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
	"""Way between two (latitude, longitude) in km."""
	(lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
	h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
	return 2 * EARTH_KM * asin(sqrt(h)) * DETOUR


def length(order: list[int], matrix: list[list[int]]) -> int:
	"""Length of a tour that starts and ends at 0 and visits the others in this order."""
	way = [0, *order, 0]
	return sum(matrix[a][b] for a, b in zip(way, way[1:], strict=False))


def shortest_tour(matrix: list[list[int]], seconds: float = 2.0) -> list[int]:
	"""Order of the stops 1…n of a single tour from and to 0, as short as the search finds in that time."""
	manager = pywrapcp.RoutingIndexManager(len(matrix), 1, 0)
	model = pywrapcp.RoutingModel(manager)
	transit = model.RegisterTransitMatrix(matrix)
	model.SetArcCostEvaluatorOfAllVehicles(transit)
	solution = model.SolveWithParameters(_search(seconds))
	order, index = [], model.Start(0)
	while not model.IsEnd(index):
		if node := manager.IndexToNode(index):
			order.append(node)
		index = solution.Value(model.NextVar(index))
	return order


def plan(
	start: tuple[float, float],
	stops: list[Stop],
	drivers: list[Driver],
	minutes_per_stop: int = 5,
	seconds: float = 3.0,
) -> tuple[list[Round], list[str]]:
	"""Rounds for the drivers, and the keys of stops that fit in none of them."""
	if not stops or not drivers:
		return [], [stop.key for stop in stops]
	places = [start, *(stop.place for stop in stops)]
	metres = [[round(kilometres(a, b) * METRE) for b in places] for a in places]
	manager = pywrapcp.RoutingIndexManager(len(places), len(drivers), 0)
	model = pywrapcp.RoutingModel(manager)
	model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitMatrix(metres))
	_add_times(model, manager, metres, stops, drivers, minutes_per_stop)
	_add_loads(model, manager, stops, drivers)
	for node in range(1, len(places)):
		model.AddDisjunction([manager.NodeToIndex(node)], LEFT_OUT)
	solution = model.SolveWithParameters(_search(seconds))
	return _read(model, manager, solution, stops, drivers, metres)


def _search(seconds: float):
	search = pywrapcp.DefaultRoutingSearchParameters()
	search.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PATH_CHEAPEST_ARC
	search.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
	search.time_limit.FromMilliseconds(int(seconds * 1000))
	return search


def _add_times(model, manager, metres, stops, drivers, minutes_per_stop) -> None:
	transits = []
	for driver in drivers:
		metres_per_minute = KM_PER_HOUR[driver.mode] * METRE / 60
		minutes = [
			[
				(minutes_per_stop if a else 0) + round(metres[a][b] / metres_per_minute + 0.499)
				for b in range(len(metres))
			]
			for a in range(len(metres))
		]
		transits.append(model.RegisterTransitMatrix(minutes))
	model.AddDimensionWithVehicleTransits(transits, DAY_ENDS, DAY_ENDS, False, "time")
	time = model.GetDimensionOrDie("time")
	for node, stop in enumerate(stops, start=1):
		time.CumulVar(manager.NodeToIndex(node)).SetRange(stop.opens, stop.closes)
	for vehicle, driver in enumerate(drivers):
		time.CumulVar(model.Start(vehicle)).SetRange(driver.starts, DAY_ENDS)
		model.AddVariableMinimizedByFinalizer(time.CumulVar(model.End(vehicle)))


def _add_loads(model, manager, stops, drivers) -> None:
	loads = [0, *(stop.load for stop in stops)]
	load = model.RegisterUnaryTransitCallback(lambda index: loads[manager.IndexToNode(index)])
	total = sum(loads) or 1
	limits = [driver.capacity or total for driver in drivers]
	model.AddDimensionWithVehicleCapacity(load, 0, limits, True, "load")


def _read(model, manager, solution, stops, drivers, metres) -> tuple[list[Round], list[str]]:
	time = model.GetDimensionOrDie("time")
	rounds, placed = [], set()
	for vehicle, driver in enumerate(drivers):
		found = Round(driver.key)
		index, node = model.Start(vehicle), 0
		while not model.IsEnd(index):
			index = solution.Value(model.NextVar(index))
			last, node = node, manager.IndexToNode(index)
			leg = metres[last][node] / METRE
			found.kilometres += leg
			if node:
				found.stops.append((stops[node - 1].key, solution.Min(time.CumulVar(index)), leg))
				placed.add(stops[node - 1].key)
		found.ends = solution.Min(time.CumulVar(index))
		if found.stops:
			rounds.append(found)
	return rounds, [stop.key for stop in stops if stop.key not in placed]
