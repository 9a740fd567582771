"""Due dates: known cases, then every rule over every day of twelve years."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from goldenthread.statute.deadlines import due


@pytest.mark.parametrize(
    ("rule_id", "trigger", "expected"),
    [
        ("decide_whether_to_assess", date(2026, 1, 5), date(2026, 2, 16)),
        ("advice_returned", date(2025, 12, 22), date(2026, 2, 2)),
        ("tell_not_issuing", date(2026, 1, 5), date(2026, 4, 27)),
        ("issue_final_plan", date(2026, 1, 5), date(2026, 5, 25)),
        ("views_on_draft", date(2026, 3, 2), date(2026, 3, 16)),
        ("setting_consultation_reply", date(2026, 3, 2), date(2026, 3, 17)),
        ("annual_review", date(2024, 2, 29), date(2025, 2, 28)),
        ("review_decision", date(2026, 2, 2), date(2026, 3, 2)),
        ("review_final_amended", date(2026, 3, 2), date(2026, 4, 27)),
        ("phase_transfer", date(2026, 9, 1), date(2026, 2, 15)),
        ("post16_transfer", date(2026, 9, 1), date(2026, 3, 31)),
    ],
)
def test_due_counts_known_case(rule_id: str, trigger: date, expected: date) -> None:
    assert due(rule_id, trigger) == expected


def test_due_refuses_a_date_with_a_time() -> None:
    with pytest.raises(TypeError, match="local date"):
        due("issue_final_plan", datetime(2026, 1, 5, 23, 30))
