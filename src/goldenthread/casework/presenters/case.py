"""A case as its pages show it: what is next, the 20 weeks, the forecast, due dates, people, timeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from goldenthread.casework import pace, steps
from goldenthread.casework.clock import Due as ClockDue
from goldenthread.casework.enums import OPEN_REQUEST, Status, Turn
from goldenthread.casework.models import Case
from goldenthread.casework.presenters import words
from goldenthread.casework.queries import turn_now
from goldenthread.core.ui.due import Due
from goldenthread.core.ui.filters import long_date, plural
from goldenthread.core.ui.parts import Law, Stage
from goldenthread.statute.grounds import ground

# Which action takes each step, so that the page can offer it first.
_ACTION = {
    steps.DECIDE_TO_ASSESS: "decide_to_assess",
    steps.ADVICE: "return_advice",
    steps.NOT_ISSUING: "decide_to_issue",
    steps.ORDERED_NO_PLAN: "decide_to_issue",
    steps.SEND_DRAFT: "send_draft",
    steps.ORDERED_DRAFT: "send_draft",
    steps.FINAL: "issue_final_plan",
    steps.ORDERED_FINAL: "issue_final_plan",
    steps.ORDERED_ASSESS_FINAL: "issue_final_plan",
    steps.ANNUAL_REVIEW: "record_review_meeting",
    steps.MOVE_REVIEW: "record_review_meeting",
    steps.REVIEW_DECISION: "record_review_decision",
    steps.AMENDED: "send_amended_plan",
    steps.PHASE_TRANSFER: "send_amended_plan",
    steps.POST16_TRANSFER: "send_amended_plan",
    steps.MOVE_TELL: "record_family_told",
    steps.END_PLAN: "end_plan",
    steps.CEASE_KEEP: "end_plan",
}


@dataclass(frozen=True)
class NextStep:
    """What is next, by when and whose turn: the first thing on a case page."""

    title: str
    due: Due | None
    on: date | None
    turn: str
    note: str = ""
    law: Law | None = None
    excused: bool = False
    primary: str = ""


def next_step(case: Case, today: date, allowed: Sequence[str] = ()) -> NextStep:
    """What is next on a case. Asked of a case whose advice is at hand if it is being assessed."""
    turn = turn_now(case, today)
    if not case.next_step:
        return NextStep("Nothing is due on this case", None, None, words.turn_words(turn), _closed_note(case))
    title, note, primary = words.step_words(case.next_step), "", _ACTION.get(case.next_step, "")
    if case.status == Status.ASSESSING and not _asked(case):
        title, primary = "Ask for advice", "request_advice"
        note = "The decision on a plan needs it. Each adviser has six weeks."
    elif case.status == Status.ISSUING:
        title, primary = "Send the draft plan", "send_draft"
    elif case.status == Status.DRAFT and turn != Turn.COUNCIL and case.turn_until:
        who = "The family has" if turn == Turn.FAMILY else "A setting has"
        note = f"{who} until the end of {long_date(case.turn_until)} to answer."
        primary = "record_views" if turn == Turn.FAMILY else "record_consultation_reply"
    elif case.next_step == steps.ADVICE:
        note = _advice_note(case, today)
    return NextStep(
        title=title,
        due=Due.of(case.next_due_on, today),
        on=case.next_due_on,
        turn=words.turn_words(turn),
        note=note,
        law=words.law_of(case.next_step),
        excused=case.next_excused,
        primary=primary if primary in allowed else "",
    )


def _asked(case: Case) -> bool:
    return any(one.cancelled_on is None for one in case.advice.all())


def _advice_note(case: Case, today: date) -> str:
    awaited = [one for one in case.advice.all() if one.returned_on is None and one.cancelled_on is None]
    late = sum(one.due_on < today for one in awaited)
    text = f"{plural(len(awaited), 'piece', 'pieces')} of advice awaited"
    return f"{text}, {late} late." if late else f"{text}."


def _closed_note(case: Case) -> str:
    if case.status == Status.PLAN:
        return ""
    since = f" since {long_date(case.closed_on)}" if case.closed_on else ""
    return f"{Status(case.status).label}{since}."


def pathway(case: Case, dues: Iterable[ClockDue], today: date, *, family: bool = False) -> list[Stage]:
    """The steps of the 20 weeks, each with its day: done, now, late or still to come."""
    if case.received_on is None:
        return []
    by_rule = {due.rule: due for due in dues}
    rows = _path_rows(case, by_rule, family=family)
    stages: list[Stage] = []
    current = False
    for name, done_on, due_on, is_done in rows:
        if is_done:
            stages.append(Stage(name, "done", words.day_words(done_on, "Day not recorded")))
        elif not current and case.status in OPEN_REQUEST:
            current = True
            late = due_on is not None and due_on < today
            stages.append(Stage(name, "late" if late else "now", _by(due_on, late=late)))
        else:
            stages.append(Stage(name, "next", _by(due_on, late=False)))
    return stages


def _by(due_on: date | None, *, late: bool) -> str:
    if due_on is None:
        return ""
    return f"{'Was due' if late else 'By'} {long_date(due_on)}"


_Row = tuple[str, date | None, date | None, bool]


def _path_rows(case: Case, by_rule: Mapping[str, ClockDue], *, family: bool) -> list[_Row]:
    decided = case.status != Status.REQUESTED and (
        case.decided_to_assess_on is not None or case.assess_historical or case.plan_issued_on is not None
    )
    rows: list[_Row] = [("Request received", case.received_on, None, True)]
    if case.status == Status.NOT_ASSESSING:
        return [*rows, ("Decided not to assess", case.decided_to_assess_on, None, True)]
    label = "Decided to assess" if decided else "Decide whether to assess"
    due_on = _due_of(by_rule, steps.DECIDE_TO_ASSESS)
    rows.append((label, case.decided_to_assess_on, due_on, decided))
    if case.status == Status.WITHDRAWN:
        return [*rows[: 2 if decided else 1], ("Request ended", case.closed_on, None, True)]
    if case.status == Status.NOT_ISSUING:
        return [*rows, ("Decided not to issue a plan", case.decided_to_issue_on, None, True)]
    return rows + _plan_rows(case, by_rule, family=family)


def _plan_rows(case: Case, by_rule: Mapping[str, ClockDue], *, family: bool) -> list[_Row]:
    agreed = case.status in {Status.ISSUING, Status.DRAFT, Status.PLAN, Status.CEASED}
    drafted = case.draft_sent_on is not None or case.plan_issued_on is not None
    issued = case.plan_issued_on is not None
    final = "Final plan" if family else "Send the final plan"
    return [
        (
            "Agreed to a plan" if agreed else "Decide on a plan",
            case.decided_to_issue_on,
            _due_of(by_rule, steps.ORDERED_NO_PLAN, steps.NOT_ISSUING),
            agreed,
        ),
        (
            "Draft plan sent" if drafted else "Send the draft plan",
            case.draft_sent_on,
            _due_of(by_rule, steps.ORDERED_DRAFT, steps.SEND_DRAFT),
            drafted,
        ),
        ("Final plan sent" if issued else final, case.plan_issued_on, case.final_due_on, issued),
    ]


def _due_of(by_rule: Mapping[str, ClockDue], *rules: str) -> date | None:
    return next((by_rule[rule].due_on for rule in rules if rule in by_rule), None)


@dataclass(frozen=True)
class Forecast:
    """When a case is likely to finish, in words, with how it was reckoned."""

    on: date
    limit: date | None
    words: str
    late: bool
    steps: Sequence[tuple[str, str]] = field(default_factory=tuple)
    basis: str = ""


_ORDER = (Status.REQUESTED, Status.ASSESSING, Status.ISSUING, Status.DRAFT)


def forecast(case: Case, recent: pace.Paces | None = None) -> Forecast | None:
    """The forecast stored on an open request; with the pace at hand, also how it was reckoned."""
    if case.forecast_on is None or case.status not in OPEN_REQUEST:
        return None
    limit = case.final_due_on
    tail = f", {words.against(case.forecast_on, limit).replace(' it', ' the 20-week date')}" if limit else ""
    rows: list[tuple[str, str]] = []
    basis = ""
    if recent is not None:
        for name in pace.STEPS[_ORDER.index(Status(case.status)) :]:
            rows.append((pace.TITLES[name], _pace_words(recent[name])))
        basis = (
            "From where this case stands, the median time of each step still to come is added. A step that "
            "already takes longer than most counts with the time that one case in five takes."
        )
    return Forecast(
        on=case.forecast_on,
        limit=limit,
        words=f"At recent pace, likely on {long_date(case.forecast_on)}{tail}.",
        late=bool(limit and case.forecast_on > limit),
        steps=rows,
        basis=basis,
    )


def _pace_words(one: pace.StepPace) -> str:
    if one.n < pace.ENOUGH:
        return f"{plural(one.p50, 'day')}: the time the law leaves, as too few cases took this step lately"
    return f"{plural(one.p50, 'day')} (median of {plural(one.n, 'case')} in the last year)"


@dataclass(frozen=True)
class DateRow:
    """A due date with the law behind it."""

    title: str
    due: Due
    since: date
    law: Law
    about: str = ""
    excused: str = ""
    fell_away: bool = False


def date_rows(
    dues: Iterable[ClockDue], today: date, names: Mapping[str, str], *, only_open: bool = False
) -> list[DateRow]:
    """Due dates in order. `names` says what a date with a subject is about: an adviser, a setting."""
    rows = []
    for due in dues:
        if only_open and not due.is_open:
            continue
        shown = Due.of(due.due_on, today, due.closed_on if due.met else None)
        if due.met is False:
            shown = Due("none", "fell away", due.due_on)
        elif due.is_open and due.lapses and due.due_on < today:
            shown = Due("none", "the time is over", due.due_on)
        rows.append(
            DateRow(
                title=words.step_words(due.rule),
                due=shown,
                since=due.trigger_on,
                law=words.law_of(due.rule),
                about=names.get(due.subject, ""),
                excused=ground(due.excused_by).title if due.excused_by else "",
                fell_away=due.met is False,
            )
        )
    return rows


def first_dates(received: date, dues: Iterable[ClockDue]) -> list[tuple[str, date]]:
    """The 6-, 16- and 20-week dates of a request."""
    wanted = {steps.DECIDE_TO_ASSESS: "6 weeks", steps.NOT_ISSUING: "16 weeks", steps.FINAL: "20 weeks"}
    return [
        (wanted[due.rule], due.due_on) for due in dues if due.rule in wanted and due.trigger_on == received
    ]


def due_words(case: Case) -> str:
    """The day of the next step, in words."""
    return long_date(case.next_due_on)


def weeks_since(received: date | None, today: date) -> str:
    """How far a request is: “week 9 of 20”; nothing after it."""
    if received is None or today < received:
        return ""
    week = (today - received) // timedelta(weeks=1) + 1
    return f"Week {week} of 20" if week <= 20 else f"Week {week}, past the 20"
