"""The rules of the law as tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.core.ui.tags import StatusTags
from goldenthread.statute.datafile import Mark
from goldenthread.statute.examples import examples_table
from goldenthread.statute.grounds import all_grounds
from goldenthread.statute.rules import Rule, all_rules, law_version

MARKS = StatusTags(
    {
        Mark.CONFIRMED: ("Checked against the source", "green"),
        Mark.SECONDARY: ("Read in a page that restates it", "teal"),
        Mark.INFERRED: ("Follows from a checked source", "blue"),
        Mark.MEMORY: ("Not confirmed", "yellow"),
        Mark.UNKNOWN: ("Our own stand-in", "orange"),
    }
)
_STAGES = {
    "assessment": "From the request to the final plan",
    "keeping": "Keeping and reviewing a plan",
    "disagreement": "Mediation and appeal",
    "tribunal_order": "After a tribunal’s order",
    "unopposed_appeal": "When an appeal is not opposed",
    "moves": "Families that move",
}
_RULES = (
    Column("what", "What"),
    Column("limit", "Limit"),
    Column("from", "Counted from"),
    Column("source", "Source"),
    Column("mark", "How sure we are"),
)
_GROUNDS = (
    Column("what", "Ground"),
    Column("text", "What the law says"),
    Column("source", "Source"),
    Column("mark", "How sure we are"),
)
_EXAMPLES = (
    Column("what", "Rule"),
    Column("story", "What happens"),
    Column("trigger", "Counted from"),
    Column("due", "Last day"),
    Column("why", "Why"),
    Column("source", "Source"),
)


def _stage_title(stage: str) -> str:
    return _STAGES.get(stage) or stage.replace("_", " ").capitalize()


def _rule_row(one: Rule) -> Row:
    cells = {
        "what": one.title,
        "limit": one.length,
        "from": one.trigger,
        "source": one.source,
        "mark": MARKS[one.mark],
    }
    return Row(cells, id=one.id)


def _table(title: str, columns: tuple[Column, ...], rows: Iterable[Row], key: str) -> Table:
    return Table(title, columns, list(rows), id=key)


def _ground_rows() -> list[Row]:
    return [
        Row({"what": one.title, "text": one.text, "source": one.source, "mark": MARKS[one.mark]}, id=one.id)
        for one in all_grounds()
    ]


def _example_rows() -> list[Row]:
    names = [column.key for column in _EXAMPLES]
    return [Row({name: getattr(one, name) for name in names}) for one in examples_table()]


def context(today: date) -> dict[str, Any]:
    """Every rule in force by stage, the grounds of exceptions, and the examples as the code counts them."""
    rules = all_rules(today)
    stages = list(dict.fromkeys(one.stage for one in rules))
    tables = [
        _table(
            _stage_title(stage),
            _RULES,
            [_rule_row(one) for one in rules if one.stage == stage],
            f"stage-{stage}",
        )
        for stage in stages
    ]
    return {
        "tables": tables,
        "grounds": _table("Grounds that excuse a late step", _GROUNDS, _ground_rows(), "grounds"),
        "examples": _table("Worked examples", _EXAMPLES, _example_rows(), "examples"),
        "version": date.fromisoformat(law_version(today)),
    }
