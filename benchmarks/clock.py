"""How many due dates, appeal deadlines and identifier checks a second the statute code counts.

Run: python -m benchmarks.clock
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

from goldenthread.statute.codes import codeset
from goldenthread.statute.deadlines import appeal_deadline, due
from goldenthread.statute.identifiers import check_upn, make_upn
from goldenthread.statute.rules import law_date, law_version

CASES = 200_000
DAYS = [date(2015, 1, 1) + timedelta(days=n) for n in range(4000)]


def _per_second(count: Callable[[date], object]) -> float:
    days = [DAYS[n % len(DAYS)] for n in range(CASES)]
    count(days[0])
    started = time.perf_counter()
    for day in days:
        count(day)
    return CASES / (time.perf_counter() - started)


def run() -> dict[str, float]:
    """Calculations per second, by kind, over 200,000 each."""
    law = law_date(law_version(date(2026, 1, 5)))
    upn = make_upn(937, 4000, 24, 1)
    ethnicity = codeset("ethnicity")
    return {
        "final plan due dates a second": _per_second(lambda day: due("issue_final_plan", day)),
        "the same, by the law a case keeps": _per_second(lambda day: due("issue_final_plan", day, on=law)),
        "annual review due dates a second": _per_second(lambda day: due("annual_review", day)),
        "tribunal replies (working days) a second": _per_second(lambda day: due("tribunal_reply", day)),
        "appeal deadlines a second": _per_second(lambda day: appeal_deadline(day, day)),
        "UPN checks a second": _per_second(lambda _: check_upn(upn)),
        "ethnicity codes a second": _per_second(lambda _: ethnicity.normalise("weng ")),
    }


if __name__ == "__main__":
    for name, rate in run().items():
        print(f"{rate:12,.0f}  {name}")
