"""The worked examples: each is counted again, and the data that holds them is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.statute import examples
from goldenthread.statute.datafile import StatuteDataError
from goldenthread.statute.examples import Example
from goldenthread.statute.rules import all_rules


@pytest.mark.parametrize("example", examples.examples(), ids=lambda example: example.id)
def test_worked_example(example: Example) -> None:
    assert examples.work_out(example) == example.expected


def test_there_are_forty_examples_or_more_and_they_read_as_sentences() -> None:
    assert len(examples.examples()) >= 40
    for one in examples.examples():
        assert one.story.endswith(".")
        assert one.why.endswith(".")


def test_examples_reach_every_chapter_of_the_rules() -> None:
    shown = {one.rule_id for one in examples.examples()}

    assert {found.stage for found in all_rules() if found.id in shown} >= {
        *("assessment", "keeping", "disagreement", "tribunal_order", "unopposed_appeal", "moves", "budgets"),
    }


def test_table_gives_the_counted_date_with_title_and_source() -> None:
    rows = {row.story: row for row in examples.examples_table()}

    row = rows["A young person sends a request on Christmas Day."]
    assert row.what == "Decide whether to assess, and tell the family"
    assert (row.trigger.isoformat(), row.due.isoformat()) == ("2025-12-25", "2026-02-05")
    assert row.source.startswith("R5(1)")
    assert rows["A young person turns 16 in October 2025."].what == "Compulsory school age ends"


GOOD = """[[example]]
id = "one"
rule = "issue_final_plan"
trigger = 2026-01-05
expected = 2026-05-25
story = "A story."
why = "A reason."
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace('rule = "issue_final_plan"\n', ""), "one: rule is missing; name the rule"),
        (GOOD + 'counted_by = "guess"\n', "counted_by is 'guess'; use due or one of"),
        (GOOD + GOOD, "one stands twice"),
        (GOOD + "also = 3\n", "also must be dict"),
    ],
)
def test_wrong_examples_are_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "examples.toml").write_text(text, encoding="utf-8")

    with pytest.raises(StatuteDataError, match=message):
        examples.load_examples(tmp_path)
