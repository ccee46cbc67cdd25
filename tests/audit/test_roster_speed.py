"""The planner's figures; see benchmarks/roster.py for what is measured. The limit of time holds at full size."""

from benchmarks import roster


def test_planner_is_at_most_three_times_the_bare_solver_and_as_good_as_scipy(frappe_site, request):
	whole = request.config.getoption("--audit")
	figures = roster.run() if whole else roster.run(rounds=1, volunteers=400, shifts=80)
	if whole:
		assert figures["times the bare solver"] <= roster.LIMIT
	ours, peer = figures["without side rules: ours, SciPy's (places, cost)"]
	assert ours[0] > peer[0] or (ours[0] == peer[0] and ours[1] <= peer[1])
