"""Tables of a case: advice, settings consulted, contacts, who has looked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from goldenthread.casework.enums import ConsultationReply
from goldenthread.casework.models import Advice, Case
from goldenthread.casework.presenters import words
from goldenthread.casework.presenters.timeline import advice_title
from goldenthread.core.models import AuditEntry, User
from goldenthread.core.ui.due import Due
from goldenthread.core.ui.filters import clock_time
from goldenthread.core.ui.parts import Link
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.core.ui.tags import StatusTags, Tag

REPLIES = StatusTags(
    {
        ConsultationReply.CAN_MEET: ("Can meet need", "green"),
        ConsultationReply.CANNOT_MEET: ("Cannot meet need", "red"),
        ConsultationReply.FULL: ("Full", "orange"),
        ConsultationReply.NO_REPLY: ("No reply in time", "grey"),
    }
)
_SHARE = StatusTags(
    {
        "everything": ("Everything", "green"),
        "letters": ("Letters and decisions", "yellow"),
        "nothing": ("Nothing: do not contact", "red"),
    }
)


_ADVICE = (
    Column("kind", "Advice"),
    Column("adviser", "Asked of"),
    Column("asked", "Asked on"),
    Column("due", "Due back"),
    Column("late", "Reason if late"),
    Column("do", "Action"),
)


def advice_table(case: Case, today: date, allowed: Sequence[str]) -> Table:
    """Each adviser: asked, due, returned, late."""
    rows = []
    for one in sorted(case.advice.all(), key=lambda one: (one.requested_on, one.kind)):
        waiting = one.returned_on is None and one.cancelled_on is None
        due: Due = Due.of(one.due_on, today, one.returned_on)
        if one.cancelled_on:
            due = Due("none", "no longer needed", one.cancelled_on)
        elif one.returned_on is None and case.stage != "request":
            due = Due("none", "did not come", one.due_on)
        title = advice_title(one.kind)
        rows.append(
            Row(
                cells={
                    "kind": title,
                    "adviser": _adviser(one),
                    "asked": one.requested_on,
                    "due": due,
                    "late": one.late_reason,
                    "do": _advice_links(case, one, title, allowed) if waiting else None,
                },
                id=str(one.pk),
                tone="late" if due.state == "late" else "",
            )
        )
    columns = _ADVICE if any(row.cells["do"] for row in rows) else _ADVICE[:-1]
    return Table(
        "Advice", columns, rows, caption_hidden=True, empty="No advice has been asked for.", id="advice"
    )


def _adviser(one: Advice) -> Any:
    if one.adviser is None:
        return "The family or young person" if one.kind == "family" else "Nobody named"
    organisation = one.adviser.organisation
    return [one.adviser.name, organisation.name] if organisation else one.adviser.name


def _advice_links(case: Case, one: Advice, title: str, allowed: Sequence[str]) -> list[Link]:
    pairs = (("return_advice", "Record as returned"),)
    return [
        Link(
            text,
            f"{reverse('case_do', args=[case.pk, name.replace('_', '-')])}?advice={one.pk}",
            hidden=title,
        )
        for name, text in pairs
        if name in allowed
    ]


_CONSULTATIONS = (
    Column("setting", "Setting"),
    Column("sent", "Consulted on"),
    Column("due", "Answer due"),
    Column("reply", "Answer"),
    Column("grounds", "Grounds"),
    Column("do", "Action"),
)


def consultation_table(case: Case, today: date, allowed: Sequence[str]) -> Table:
    """Each setting consulted, with its answer."""
    rows = []
    for one in sorted(case.setting_consultations.all(), key=lambda one: one.sent_on):
        href = f"{reverse('case_do', args=[case.pk, 'record-consultation-reply'])}?consultation={one.pk}"
        open_ = one.replied_on is None and "record_consultation_reply" in allowed
        rows.append(
            Row(
                cells={
                    "setting": one.setting.name,
                    "sent": one.sent_on,
                    "due": Due.of(one.due_on, today, one.replied_on),
                    "reply": REPLIES[one.reply] if one.reply else None,
                    "grounds": one.grounds,
                    "do": Link("Record the answer", href, hidden=one.setting.name) if open_ else None,
                },
                id=str(one.pk),
            )
        )
    columns = _CONSULTATIONS if any(row.cells["do"] for row in rows) else _CONSULTATIONS[:-1]
    return Table(
        "Settings consulted",
        columns,
        rows,
        caption_hidden=True,
        empty="No setting has been consulted.",
        empty_hint="A setting is consulted once the draft is sent, before the plan names it.",
        id="consultations",
    )


_CONTACTS = (
    Column("name", "Name"),
    Column("is", "Is"),
    Column("share", "May be told"),
    Column("how", "How to reach them"),
    Column("needs", "Needs"),
)


def contacts(rows: Iterable[Any], today: date) -> Table:
    """The adults around the child. Protected addresses are not here at all: only phone and email are."""
    made = []
    for one in rows:
        contact, over = one.contact, one.ends_on is not None and one.ends_on < today
        responsible = "has parental responsibility" if one.parental_responsibility else None
        made.append(
            Row(
                cells={
                    "name": [str(contact), Tag("No longer", "grey")] if over else str(contact),
                    "is": [part for part in (one.get_kind_display(), responsible) if part],
                    "share": [part for part in (_SHARE[one.share], one.share_reason) if part],
                    "how": None
                    if one.share == "nothing"
                    else [part for part in (contact.phone, contact.email) if part],
                    "needs": _needs(contact),
                },
                id=str(one.pk),
            )
        )
    return Table(
        "People",
        _CONTACTS,
        made,
        caption_hidden=True,
        empty="No parent, carer or other contact is recorded.",
        id="contacts",
    )


def _needs(contact: Any) -> list[str]:
    found = []
    if contact.interpreter_language:
        found.append(f"Interpreter: {contact.interpreter_language}")
    if contact.accessible_format:
        found.append(contact.accessible_format)
    return found


_LOOKS = (
    Column("on", "Day"),
    Column("who", "Who"),
    Column("role", "Role"),
    Column("what", "Looked at"),
    Column("times", "Times", numeric=True),
    Column("last", "Last time"),
)
_WHAT = {"read.case": "The case", "read.person": "The record", "read.family_page": "The family’s page"}


def looks(lines: Iterable[tuple[AuditEntry, User | None]]) -> Table:
    """Who has looked, newest first: a row for each person and day, with what, how often and when last."""
    by_day: dict[tuple[date, str, str], list[tuple[AuditEntry, User | None]]] = {}
    for entry, user in lines:
        day = localtime(entry.at).date()
        by_day.setdefault((day, entry.actor_id, entry.actor_label), []).append((entry, user))
    rows = [
        Row(
            cells={
                "on": day,
                "who": who,
                "role": looked[0][1].role_words if looked[0][1] else "The system",
                "what": list(dict.fromkeys(what_read(entry.action) for entry, _ in looked)),
                "times": len(looked),
                "last": clock_time(looked[0][0].at),
            },
            id=str(looked[0][0].seq),
        )
        for (day, _, who), looked in by_day.items()
    ]
    return Table(
        "Who has looked",
        _LOOKS,
        rows,
        caption_hidden=True,
        empty="Nobody has looked at this record yet.",
        id="looks",
    )


def what_read(action: str) -> str:
    """What was looked at, in words."""
    return _WHAT.get(action, action.removeprefix("read.").replace("_", " ").capitalize())


_CASES = (
    Column("reference", "Case"),
    Column("stage", "Stage"),
    Column("received", "Request received"),
    Column("next", "Next step"),
    Column("caseworker", "Plan Co-ordinator"),
)


def cases(found: Iterable[Case], today: date) -> Table:
    """The cases of one child or young person."""
    rows = [
        Row(
            cells={
                "reference": Link(case.reference, reverse("case", args=[case.pk])),
                "stage": words.STAGES[case.status],
                "received": case.received_on,
                "next": [words.step_words(case.next_step), Due.of(case.next_due_on, today)]
                if case.next_step
                else None,
                "caseworker": case.caseworker.name if case.caseworker else "Unallocated",
            },
            id=str(case.pk),
        )
        for case in found
    ]
    return Table("EHC cases", _CASES, rows, caption_hidden=True, empty="There is no case yet.", id="cases")
