from itertools import permutations

import pytest

from lsm_crm.services import routes
from lsm_crm.services.route_instances import matrix_of, nearest_neighbour, places

KITCHEN = (52.1502, 4.4807)


@pytest.mark.parametrize("seed", range(5))
def test_as_short_as_trying_every_order(seed):
	matrix = matrix_of(places(7, seed))
	best = min(routes.length(list(order), matrix) for order in permutations(range(1, 8)))
	assert routes.length(routes.shortest_tour(matrix, seconds=0.3), matrix) == best


def test_shorter_than_nearest_neighbour():
	matrix = matrix_of(places(200, 1))
	greedy = routes.length(nearest_neighbour(matrix), matrix)
	assert routes.length(routes.shortest_tour(matrix, seconds=3), matrix) <= 0.95 * greedy


def test_windows_capacity_and_speed_are_kept():
	near, far = (52.1520, 4.4820), (52.1700, 4.5000)
	stops = [
		routes.Stop("late", near, opens=17 * 60 + 30, closes=18 * 60, load=20),
		routes.Stop("early", far, opens=16 * 60 + 30, closes=17 * 60, load=20),
		routes.Stop("big", near, opens=16 * 60, closes=18 * 60, load=40),
	]
	drivers = [routes.Driver("bike", 16 * 60, "Cargo Bike", 40), routes.Driver("car", 16 * 60, "Car", 60)]
	rounds, left = routes.plan(KITCHEN, stops, drivers, seconds=0.5)
	assert not left
	arrivals = {key: minute for found in rounds for key, minute, _km in found.stops}
	for stop in stops:
		assert stop.opens <= arrivals[stop.key] <= stop.closes
	loads = {stop.key: stop.load for stop in stops}
	limits = {driver.key: driver.capacity for driver in drivers}
	for found in rounds:
		assert sum(loads[key] for key, _minute, _km in found.stops) <= limits[found.driver]


def test_what_does_not_fit_is_told():
	stops = [routes.Stop("gone", KITCHEN, opens=8 * 60, closes=9 * 60), routes.Stop("big", KITCHEN, load=500)]
	_rounds, left = routes.plan(KITCHEN, stops, [routes.Driver("bike", 16 * 60, "Bicycle", 30)], seconds=0.3)
	assert sorted(left) == ["big", "gone"]


def test_nobody_drives():
	assert routes.plan(KITCHEN, [routes.Stop("a", KITCHEN)], []) == ([], ["a"])
