"""A recovery plan as it was published: given figures, actions and claims, read from a TOML file.

Money is in thousands of pounds, as such plans give it; under-spends are positive, overspends negative. Years
are financial years, named by the year in which they begin.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from goldenthread.core.refusals import InvalidInput
from goldenthread.planning.enums import Confidence, MilestoneState, RowKind

SHIPPED: Final = Path(__file__).parent / "data"
_MEND = "Mend the file and give it again. Nothing was stored."


@dataclass(frozen=True, slots=True)
class StatedRow:
    """One row of figures, one a financial year; None where the paper gives none."""

    kind: RowKind
    title: str
    figures: tuple[Decimal | None, ...]
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatedMilestone:
    """A step of an action."""

    title: str
    due_on: date | None = None
    state: MilestoneState = MilestoneState.TO_DO
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatedAction:
    """One action in the plan's words. `impact_thousands` is the stated saving over `impact_years`."""

    reference: str
    action: str
    assumption: str = ""
    notes: str = ""
    impact: str = ""
    impact_thousands: Decimal | None = None
    impact_years: tuple[int, ...] = ()
    confidence: Confidence = Confidence.TO_BE_CONFIRMED
    owner: str = ""
    milestones: tuple[StatedMilestone, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the paper with a figure that its rows can check.

    `row` is the kind it speaks of, `check` how: "sum" (the figure is the sum over the years), "sum_over"
    (the sum is more than the figure) or "each" (each of the years has the figure, to its last digit).
    """

    place: str
    words: str
    row: RowKind
    check: str
    years: tuple[int, ...]
    stated: Decimal
    unit: Decimal = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class StatedPlan:
    """The whole plan as published."""

    slug: str
    title: str
    source: str
    stated_on: date | None
    first_year: int
    years: int
    rows: tuple[StatedRow, ...]
    actions: tuple[StatedAction, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def all_years(self) -> tuple[int, ...]:
        """The years in which its financial years begin."""
        return tuple(range(self.first_year, self.first_year + self.years))

    def of(self, kind: RowKind) -> list[StatedRow]:
        """Its rows of one kind, in order."""
        return [row for row in self.rows if row.kind == kind]


def financial_year(year: int) -> str:
    """How a paper writes a financial year: 2019 is 2019/20."""
    return f"{year}/{(year + 1) % 100:02d}"


def shipped() -> list[str]:
    """The slugs of the plans that ship as examples."""
    return sorted(path.stem.replace("_", "-") for path in SHIPPED.glob("*.toml") if _is_plan(path))


def read_shipped(slug: str) -> StatedPlan | None:
    """A plan that ships as an example; None for a slug that none has."""
    path = SHIPPED / f"{slug.replace('-', '_')}.toml"
    if slug not in shipped():
        return None
    return read(path.read_text("utf-8"))


def _is_plan(path: Path) -> bool:
    return "plan" in tomllib.loads(path.read_text("utf-8"))


def read(text: str) -> StatedPlan:
    """A plan from the text of a TOML file. Raises InvalidInput naming the table and the field."""
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(f"This is not a TOML file: {error}.", _MEND, field="file") from None
    head = _Table(content.get("plan"), "[plan]")
    years = head.whole("years")
    plan = StatedPlan(
        slug=head.text("slug"),
        title=head.text("title"),
        source=head.text("source"),
        stated_on=head.day("stated_on"),
        first_year=head.whole("first_year"),
        years=years,
        notes=tuple(head.texts("notes")),
        rows=tuple(_row(one, years) for one in _tables(content, "row")),
        actions=tuple(_action(one) for one in _tables(content, "action")),
        claims=tuple(_claim(one) for one in _tables(content, "claim")),
    )
    _check(plan)
    return plan


def _check(plan: StatedPlan) -> None:
    if len(plan.of(RowKind.AS_IS)) != 1:
        raise InvalidInput("A plan has exactly one row of kind as_is.", _MEND, field="row")
    for name, given in (
        ("row of kind saving", [row.reference for row in plan.of(RowKind.SAVING)]),
        ("action", [one.reference for one in plan.actions]),
    ):
        twice = sorted({one for one in given if given.count(one) > 1})
        if twice:
            raise InvalidInput(f"The reference {twice[0]} of a {name} stands twice.", _MEND, field=name)
    kinds = [row.kind for row in plan.rows if row.kind != RowKind.SAVING]
    for kind in set(kinds):
        if kinds.count(kind) > 1:
            raise InvalidInput(f"There is more than one row of kind {kind.value}.", _MEND, field="row")


def _row(table: _Table, years: int) -> StatedRow:
    figures = table.numbers("figures")
    if len(figures) != years:
        raise table.wrong(f"figures has {len(figures)} entries for {years} years")
    return StatedRow(
        kind=RowKind(table.one_of("kind", RowKind.values)),
        title=table.text("title"),
        figures=tuple(figures),
        reference=table.text("reference", ""),
        note=table.text("note", ""),
    )


def _action(table: _Table) -> StatedAction:
    milestones = [_Table(one, f"{table.where} milestone") for one in table.content.get("milestone", [])]
    return StatedAction(
        reference=table.text("reference"),
        action=table.text("action"),
        assumption=table.text("assumption", ""),
        notes=table.text("notes", ""),
        impact=table.text("impact", ""),
        impact_thousands=table.number("impact_thousands"),
        impact_years=tuple(table.wholes("impact_years")),
        confidence=Confidence(table.one_of("confidence", Confidence.values, "to_be_confirmed")),
        owner=table.text("owner", ""),
        milestones=tuple(
            StatedMilestone(
                title=one.text("title"),
                due_on=one.day("due_on"),
                state=MilestoneState(one.one_of("state", MilestoneState.values, "to_do")),
                note=one.text("note", ""),
            )
            for one in milestones
        ),
    )


def _claim(table: _Table) -> Claim:
    stated, unit = table.number("stated"), table.number("unit")
    if stated is None:
        raise table.wrong("stated is missing")
    return Claim(
        place=table.text("place"),
        words=table.text("words"),
        row=RowKind(table.one_of("row", RowKind.values)),
        check=table.one_of("check", ["sum", "sum_over", "each"]),
        years=tuple(table.wholes("years")),
        stated=stated,
        unit=unit if unit is not None else Decimal("0.1"),
    )


def _tables(content: dict[str, Any], name: str) -> list[_Table]:
    return [_Table(one, f"[[{name}]] {number}") for number, one in enumerate(content.get(name, []), start=1)]


class _Table:
    """One table of the file, field by field; what is wrong is told with its place."""

    def __init__(self, content: Any, where: str) -> None:
        self.where = where
        if not isinstance(content, dict):
            raise self.wrong("the table is missing")
        self.content: dict[str, Any] = content

    def wrong(self, what: str) -> InvalidInput:
        """The refusal to raise."""
        return InvalidInput(f"{self.where}: {what}.", _MEND, field=self.where)

    def text(self, name: str, default: str | None = None) -> str:
        """A text. Raises InvalidInput where it is missing or something else."""
        value = self.content.get(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(f"{name} is missing or not text")
        return value.strip()

    def one_of(self, name: str, values: list[str], default: str | None = None) -> str:
        """One of some words."""
        value = self.text(name, default)
        if value not in values:
            raise self.wrong(f"{name} is “{value}”; use one of {', '.join(filter(None, values))}")
        return value

    def texts(self, name: str) -> list[str]:
        """A list of texts; empty where there is none."""
        value = self.content.get(name, [])
        if not isinstance(value, list) or any(not isinstance(one, str) for one in value):
            raise self.wrong(f"{name} is not a list of texts")
        return value

    def whole(self, name: str) -> int:
        """A whole number from 1 up."""
        value = self.content.get(name)
        if type(value) is not int or value < 1:
            raise self.wrong(f"{name} is missing or not a whole number from 1 up")
        return value

    def wholes(self, name: str) -> list[int]:
        """A list of whole numbers; empty where there is none."""
        value = self.content.get(name, [])
        if not isinstance(value, list) or any(type(one) is not int for one in value):
            raise self.wrong(f"{name} is not a list of years")
        return value

    def number(self, name: str) -> Decimal | None:
        """A number, or None where there is none."""
        value = self.content.get(name)
        return None if value is None else self._decimal(value, name)

    def numbers(self, name: str) -> list[Decimal | None]:
        """A list of numbers; an empty text stands for a figure that the paper does not give."""
        value = self.content.get(name)
        if not isinstance(value, list):
            raise self.wrong(f"{name} is missing or not a list")
        return [
            None if one == "" else self._decimal(one, f"figure {number}")
            for number, one in enumerate(value, start=1)
        ]

    def _decimal(self, value: Any, name: str) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.wrong(f"{name} is “{value}”, which is no number")
        number = Decimal(value)
        if not number.is_finite():
            raise self.wrong(f"{name} is “{value}”, which is no number")
        return number

    def day(self, name: str) -> date | None:
        """A date, or None."""
        value = self.content.get(name)
        if value is not None and type(value) is not date:
            raise self.wrong(f"{name} is not a date such as 2020-05-27")
        return value
