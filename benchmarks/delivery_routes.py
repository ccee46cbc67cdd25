"""Delivery rounds by OR-Tools against nearest neighbour: 20 seeded instances of 200 stops without time windows.

Must be at least 12 % shorter on the mean. Run: env/bin/python benchmarks/delivery_routes.py [seconds per instance]
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "apps" / "lsm_crm"))

from lsm_crm.services.route_instances import matrix_of, nearest_neighbour, places
from lsm_crm.services.routes import length, shortest_tour

INSTANCES, STOPS, LIMIT_PERCENT = 20, 200, 12.0


def main(seconds: float) -> int:
	gains = []
	began = time.monotonic()
	for seed in range(INSTANCES):
		matrix = matrix_of(places(STOPS, seed))
		simple = length(nearest_neighbour(matrix), matrix)
		planned = length(shortest_tour(matrix, seconds), matrix)
		gains.append(100 * (1 - planned / simple))
		print(
			f"seed {seed:2}: nearest neighbour {simple / 1000:7.2f} km, planned {planned / 1000:7.2f} km, {gains[-1]:5.2f} % shorter"
		)
	mean = sum(gains) / len(gains)
	print(
		f"mean {mean:.2f} % shorter (least {min(gains):.2f}, most {max(gains):.2f}), limit {LIMIT_PERCENT} %, "
		f"{seconds} s an instance, {time.monotonic() - began:.0f} s in all"
	)
	return 0 if mean >= LIMIT_PERCENT else 1


if __name__ == "__main__":
	sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 2.0))
