"""What advisers and settings see: no more of a child than what they were asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from goldenthread.casework.models import Advice, Plan, SettingConsultation
from goldenthread.casework.presenters import parts, tables, words
from goldenthread.casework.presenters.timeline import advice_title
from goldenthread.core.ui.due import Due
from goldenthread.core.ui.parts import Link, Stat, SummaryRow
from goldenthread.core.ui.tables import Column, Row, Table

_ADVICE = (
    Column("child", "Child or young person"),
    Column("kind", "Advice"),
    Column("asked", "Asked on"),
    Column("due", "Due"),
    Column("council", "Plan Co-ordinator"),
)
_ASKED = (
    Column("child", "Child or young person"),
    Column("setting", "Setting"),
    Column("sent", "Consulted on"),
    Column("due", "Answer by"),
    Column("reply", "Your answer"),
)
_PLANS = (
    Column("child", "Child or young person"),
    Column("need", "Main need"),
    Column("review", "Annual review complete by"),
    Column("council", "Plan Co-ordinator"),
)


def _coordinator(case: Any) -> str:
    return case.caseworker.name if case.caseworker else "Not yet given"


def _child(case: Any, href: str, today: date) -> list[Any]:
    name = Link(str(case.person), href) if href else str(case.person)
    return [name, f"age {words.age_words(case.person.birth_date, today)}"]


def advice(rows: Sequence[Advice], today: date) -> dict[str, Any]:
    """What waits, and what was returned."""
    waiting = [one for one in rows if one.returned_on is None]
    late = sum(one.due_on < today for one in waiting)
    return {
        "waiting": Table(
            "Waiting for you",
            _ADVICE,
            [_advice_row(one, today) for one in waiting],
            empty="Nothing waits for you.",
            id="waiting",
        ),
        "returned": Table(
            "Returned",
            _ADVICE,
            [_advice_row(one, today) for one in rows if one.returned_on is not None],
            empty="You have not returned any advice yet.",
            id="returned",
        ),
        "figures": [
            Stat("Waiting for you", len(waiting), tone="soon" if waiting else "good"),
            Stat("Late", late, tone="late" if late else "good"),
        ],
    }


def _advice_row(one: Advice, today: date) -> Row:
    due = Due.of(one.due_on, today, one.returned_on)
    href = reverse("my_advice_return", args=[one.pk]) if one.returned_on is None else ""
    cells = {
        "child": _child(one.case, href, today),
        "kind": advice_title(one.kind),
        "asked": one.requested_on,
        "due": due,
        "council": _coordinator(one.case),
    }
    return Row(cells, id=str(one.pk), tone="late" if due.state == "late" else "")


def one_advice(one: Advice, today: date) -> dict[str, Any]:
    """The request for advice that is answered."""
    return {
        "child": str(one.case.person),
        "facts": [
            SummaryRow("Born", one.case.person.birth_date),
            SummaryRow("Advice", advice_title(one.kind)),
            SummaryRow("Asked on", one.requested_on),
            SummaryRow("Due", Due.of(one.due_on, today)),
            SummaryRow("Plan Co-ordinator", _coordinator(one.case)),
            SummaryRow("Reference", one.case.reference),
        ],
    }


def consultations(rows: Sequence[SettingConsultation], today: date) -> dict[str, Any]:
    """What waits for an answer, and what was answered."""
    waiting = [one for one in rows if one.replied_on is None]
    return {
        "waiting": Table(
            "Waiting for your answer",
            _ASKED[:-1],
            [_asked_row(one, today) for one in waiting],
            empty="No consultation waits for your answer.",
            id="waiting",
        ),
        "answered": Table(
            "Answered",
            _ASKED,
            [_asked_row(one, today) for one in rows if one.replied_on is not None],
            empty="You have not answered any consultation yet.",
            id="answered",
        ),
    }


def _asked_row(one: SettingConsultation, today: date) -> Row:
    due = Due.of(one.due_on, today, one.replied_on)
    href = reverse("my_setting_answer", args=[one.pk]) if one.replied_on is None else ""
    cells = {
        "child": _child(one.case, href, today),
        "setting": one.setting.name,
        "sent": one.sent_on,
        "due": due,
        "reply": tables.REPLIES[one.reply] if one.reply else None,
    }
    return Row(cells, id=str(one.pk), tone="late" if due.state == "late" else "")


def one_consultation(one: SettingConsultation, today: date) -> dict[str, Any]:
    """The consultation that is answered."""
    return {
        "child": str(one.case.person),
        "facts": [
            SummaryRow("Age and year", words.age_words(one.case.person.birth_date, today)),
            SummaryRow("Setting", one.setting.name),
            SummaryRow("Consulted on", one.sent_on),
            SummaryRow("Answer by", Due.of(one.due_on, today)),
            SummaryRow("Plan Co-ordinator", _coordinator(one.case)),
            SummaryRow("Reference", one.case.reference),
        ],
    }


def plans(rows: Sequence[Plan], today: date) -> Table:
    """The children and young people whose plan names the setting."""
    made = [
        Row(
            {
                "child": [str(one.person), f"age {words.age_words(one.person.birth_date, today)}"],
                "need": parts.label("sen_type", one.primary_need, "Not recorded"),
                "review": Due.of(one.next_review_due_on, today, soon=56),
                "council": _coordinator(one.case),
            },
            id=str(one.pk),
        )
        for one in rows
    ]
    return Table(
        "Plans that name your setting", _PLANS, made, empty="No plan names your setting.", id="plans"
    )
