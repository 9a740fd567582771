"""The parts of a case as tables and summaries: advice, settings, exceptions, plan, contacts, looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from goldenthread.casework import steps
from goldenthread.casework.enums import ReviewOutcome, Route
from goldenthread.casework.models import Advice, Case, Plan
from goldenthread.casework.presenters.timeline import advice_title
from goldenthread.core.ui.due import Due
from goldenthread.core.ui.filters import long_date
from goldenthread.core.ui.parts import SummaryRow
from goldenthread.statute.codes import codeset
from goldenthread.statute.grounds import ground

PLAN_ACTIONS = (
    "record_review_meeting",
    "record_review_decision",
    "send_amended_plan",
    "record_phase_transfer",
    "record_family_told",
    "decide_to_cease",
    "reverse_ceasing",
    "end_plan",
)


def label(set_name: str, code: str, otherwise: str = "") -> str:
    """A SEN2 code in words; the code itself where it is not in the set."""
    if not code:
        return otherwise
    codes = codeset(set_name)
    return codes.label(code) if code in codes else code


def summary(case: Case) -> list[SummaryRow]:
    """The facts of the request."""
    rows = [SummaryRow("Plan Co-ordinator", case.caseworker.name if case.caseworker else "Unallocated")]
    if case.received_on:
        rows += [
            SummaryRow("Request received", long_date(case.received_on)),
            SummaryRow("Who asked", _who_asked(case)),
            SummaryRow("How", Route(case.route).label),
        ]
    if case.final_due_on:
        rows.append(SummaryRow("20-week date", long_date(case.final_due_on)))
    if case.closing_reason:
        rows.append(SummaryRow("Reason it ended", case.closing_reason))
    rows.append(SummaryRow("Law of", long_date(date.fromisoformat(case.law_version))))
    return rows


def _who_asked(case: Case) -> str:
    who = label("request_source", case.source, "Not recorded")
    return f"{who}: {case.requested_by}" if case.requested_by else who


@dataclass(frozen=True)
class ExceptionRow:
    """An exception with the limit it lifts and the ground in law."""

    id: str
    limit: str
    ground: str
    ground_text: str
    source: str
    evidence: str
    period: str
    decided: str
    told: str
    running: bool


def exceptions(case: Case) -> list[ExceptionRow]:
    """The exceptions recorded on a case."""
    return [_exception(one) for one in case.exceptions.all()]


def _exception(one: Any) -> ExceptionRow:
    known = ground(one.ground)
    ends = f" to {long_date(one.ends_on)}" if one.ends_on else ", still going on"
    ends = "" if one.ends_on == one.starts_on else ends
    return ExceptionRow(
        id=str(one.pk),
        limit=steps.step(one.rule).title,
        ground=known.title,
        ground_text=known.text,
        source=known.source,
        evidence=one.evidence,
        period=f"{long_date(one.starts_on)}{ends}",
        decided=f"{long_date(one.decided_on)} by {one.decided_by}",
        told=long_date(one.family_told_on) if one.family_told_on else "Not recorded",
        running=one.ends_on is None,
    )


def subjects(case: Case) -> dict[str, str]:
    """What a due date with a subject is about, by the subject's key."""
    named = {str(one.pk): f"{advice_title(one.kind)}{_from(one)}" for one in case.advice.all()}
    return named | {str(one.pk): one.setting.name for one in case.setting_consultations.all()}


def _from(one: Advice) -> str:
    return f", {one.adviser.name}" if one.adviser else ""


def plan(case: Case, today: date) -> dict[str, Any] | None:
    """The plan in words, or None where there is none."""
    found: Plan | None = getattr(case, "plan", None)
    if found is None:
        return None
    return {
        "facts": _plan_facts(found),
        "named": [named_words(one) for one in sorted(found.named_settings.all(), key=lambda one: one.rank)],
        "reviews": _review_facts(case, found, today),
        "ceasing": _ceasing(found),
    }


def named_words(one: Any) -> str:
    """An entry of section I in words."""
    text = one.setting.name if one.setting else label("sen_setting", one.sen_setting)
    if one.sen_setting_other:
        text = f"{text}: {one.sen_setting_other}"
    extra = [
        word
        for word, on in (("SEN unit", one.sen_unit), ("resourced provision", one.resourced_provision))
        if on
    ]
    return f"{text} ({', '.join(extra)})" if extra else text


def _plan_facts(found: Plan) -> list[SummaryRow]:
    rows = [SummaryRow("Made on", long_date(found.started_on))]
    if found.transferred_on:
        rows.append(
            SummaryRow(
                "Came from another council", f"{long_date(found.transferred_on)}, LA {found.transferred_from}"
            )
        )
        told = long_date(found.move_told_on) if found.move_told_on else "Not yet"
        rows.append(SummaryRow("Family told of the transfer", told))
    rows.append(SummaryRow("Main need", label("sen_type", found.primary_need, "Not recorded")))
    if found.secondary_need:
        rows.append(SummaryRow("Second need", label("sen_type", found.secondary_need)))
    rows.append(SummaryRow("Personal budget", bool(found.personal_budget)))
    if found.organised_arrangements:
        rows.append(SummaryRow("Personal budget kept by arrangement", value=True))
    said = (("residential", "Residential place"), ("work_based", "Work-based learning"))
    for name, title in (*said, ("direct_payment", "Direct payment")):
        if code := getattr(found, name):
            rows.append(SummaryRow(title, label(name, code)))
    return rows


def _review_facts(case: Case, found: Plan, today: date) -> list[SummaryRow]:
    rows = []
    if found.ceased_on is None and found.next_review_due_on:
        rows.append(
            SummaryRow("Next annual review complete by", Due.of(found.next_review_due_on, today, soon=56))
        )
    rows += [
        SummaryRow(name, day)
        for name, day in (
            ("Last review meeting", found.last_review_meeting_on),
            ("Decision after it", found.last_review_decided_on),
            ("Changes proposed on", found.amendment_notice_on),
            ("Amended plan sent", found.amended_on),
            ("Ready for the next phase by", found.phase_transfer_due_on),
            ("Phase transfer settled", found.phase_transfer_final_on),
        )
        if day
    ]
    if found.review_outcome:
        known = (
            ReviewOutcome(found.review_outcome).label if found.review_outcome in ReviewOutcome.values else ""
        )
        rows.append(SummaryRow("Outcome of the last review", known))
    return rows


def _ceasing(found: Plan) -> list[SummaryRow]:
    rows = []
    if found.cease_decided_on:
        rows.append(SummaryRow("Decided to cease on", long_date(found.cease_decided_on)))
    if found.cease_reason:
        rows.append(SummaryRow("Reason", label("cease_reason", found.cease_reason)))
    if found.ceased_on:
        rows.append(SummaryRow("Plan ended on", long_date(found.ceased_on)))
    return rows
