"""What a SEN2 return does not carry, made up to go with each person: family, address, advice, drafts.

Everything follows from the person and the seed, in whatever order people are asked about.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from goldenthread.demo import names, staff
from goldenthread.demo.assumptions import CENSUS_DAYS
from goldenthread.demo.county import CENSUS_DAY
from goldenthread.demo.families import ContactDetail, contacts_of
from goldenthread.demo.settings_list import Setting, make_settings
from goldenthread.demo.timeline import weekday_back
from goldenthread.returns.sen2.records import AssessmentRecord, PersonRecord, RequestRecord
from goldenthread.statute.plan import advice_needed

_LANGUAGES = ("Polish", "Romanian", "Punjabi", "Urdu", "Arabic", "Bengali", "Ukrainian", "Portuguese")
_EVIDENCE = {
    "E3": "A bereavement in the family; letter on file.",
    "E4": "The family was abroad for six weeks; email on file.",
    "E1": "Advice was asked of the school in the week before the summer closure.",
}


@dataclass(slots=True)
class AdviceDetail:
    """One piece of advice. `adviser` is an index into `staff.advisers`; None: the family or the setting."""

    kind: str
    requested_on: date
    returned_on: date | None
    adviser: int | None


@dataclass(slots=True)
class ConsultationDetail:
    """One setting consulted on a draft. `reply` is a value of `casework.enums.ConsultationReply`."""

    urn: str | None
    ukprn: str | None
    sent_on: date
    replied_on: date | None
    reply: str


@dataclass(slots=True)
class ExceptionDetail:
    """An exception claimed. `rule` and `ground` are ids of `statute`."""

    rule: str
    ground: str
    evidence: str
    starts_on: date
    ends_on: date


@dataclass(slots=True)
class CaseDetail:
    """What goes with one request, in the order of `PersonRecord.requests`."""

    route: str  # casework.enums.Route
    caseworker: int | None  # index into staff.caseworkers; None: not yet allocated
    decided_to_issue_on: date | None = None
    draft_sent_on: date | None = None
    views_received_on: date | None = None
    advice: list[AdviceDetail] = field(default_factory=list)
    consultations: list[ConsultationDetail] = field(default_factory=list)
    exceptions: list[ExceptionDetail] = field(default_factory=list)


@dataclass(slots=True)
class PersonDetail:
    """What goes with one person."""

    preferred_name: str
    first_language: str
    street: str
    town: str
    contacts: list[ContactDetail]
    cases: list[CaseDetail]


def person_key(person: PersonRecord) -> str:
    """What tells a person of the county from all others."""
    found = person.upn or person.uln
    return found or f"{person.surname} {person.forename} {person.birth_date} {person.postcode}"


class DetailMaker:
    """Makes the detail of the people of one county."""

    def __init__(self, plans: int, seed: int) -> None:
        self.seed = seed
        self.coordinators = staff.coordinators(plans)
        settings = make_settings(plans, seed)
        self._by_id = {key: item for item in settings for key in (item.urn, item.ukprn) if key}
        self._by_group: dict[tuple[str, int], list[Setting]] = {}
        for item in settings:
            self._by_group.setdefault((item.group, item.low_age), []).append(item)
        self._advisers: dict[str, list[int]] = {}
        for index, adviser in enumerate(staff.advisers(plans)):
            self._advisers.setdefault(adviser.kind, []).append(index)

    def make(self, person: PersonRecord) -> PersonDetail:
        """The detail of a person: the same for the same person and seed."""
        random = Random(f"{self.seed} {person_key(person)}")  # noqa: S311 - fiction, not security
        language = "English"
        if person.ethnicity not in ("WBRI", "WIRI") and random.random() < 0.35:
            language = random.choice(_LANGUAGES)
        caseworker = int(random.random() * self.coordinators)
        return PersonDetail(
            preferred_name=names.forename(random, person.sex) if random.random() < 0.04 else "",
            first_language=language,
            street=names.street(random),
            town=names.town(random),
            contacts=contacts_of(random, person, language),
            cases=[self._case(random, person, request, caseworker) for request in person.requests],
        )

    def _case(
        self, random: Random, person: PersonRecord, request: RequestRecord, caseworker: int
    ) -> CaseDetail:
        chance = random.random()
        case = CaseDetail(
            route="online" if chance < 0.55 else "letter" if chance < 0.9 else "phone", caseworker=caseworker
        )
        if request.outcome == "A" and request.received_date:
            waited = (CENSUS_DAY - request.received_date).days
            if waited < 21 and random.random() < 0.4:
                case.caseworker = None
        assessment = request.assessment
        if assessment and request.outcome in ("Y", "N") and request.outcome_date:
            self._assessment(random, case, person, request, assessment)
        return case

    def _assessment(
        self,
        random: Random,
        case: CaseDetail,
        person: PersonRecord,
        request: RequestRecord,
        assessment: AssessmentRecord,
    ) -> None:
        """Advice, the decision to issue, the draft and the consultation, between decision and end."""
        assert request.outcome_date is not None
        ended = assessment.outcome_date
        begun = request.outcome_date
        if request.outcome == "N":  # refused, then agreed after mediation or the tribunal
            begun = _working(begun + timedelta(days=random.randint(8, 20)), request.outcome_date)
            begun = _before_a_census(request.outcome_date, begun)
        finished = ended or CENSUS_DAY
        case.draft_sent_on = self._draft_day(random, assessment, begun, finished)
        advice_by = case.draft_sent_on - timedelta(days=4) if case.draft_sent_on else finished
        case.advice = self._advice(random, person, assessment, begun, advice_by)
        if assessment.outcome == "Y":
            back = [advice.returned_on for advice in case.advice if advice.returned_on]
            latest = case.draft_sent_on or CENSUS_DAY
            decided = _working(max([*back, begun]) + timedelta(days=2), begun)
            case.decided_to_issue_on = min(latest, decided)
        if case.draft_sent_on:
            self._after_draft(random, case, request, case.draft_sent_on, finished)
        if assessment.week20_exception and ended:
            case.exceptions.append(_exception(random, begun, ended))

    @staticmethod
    def _draft_day(random: Random, assessment: AssessmentRecord, begun: date, finished: date) -> date | None:
        """The day the draft was sent: between decision and final plan, or lately for an open case."""
        if assessment.outcome != "Y":
            return None
        if assessment.named_plan:
            return _working(finished - timedelta(days=random.randint(16, 30)), begun + timedelta(days=3))
        if random.random() < 0.5 and (finished - begun).days > 60:
            return _working(finished - timedelta(days=random.randint(1, 30)), begun)
        return None

    def _advice(
        self, random: Random, person: PersonRecord, assessment: AssessmentRecord, begun: date, by: date
    ) -> list[AdviceDetail]:
        """Advice asked for on the day of the decision. Where the assessment goes on, some is still out."""
        assert person.birth_date is not None
        complete = assessment.outcome in ("Y", "N")
        found = []
        for kind in advice_needed(person.birth_date, begun):
            advisers = self._advisers.get(kind.id)
            adviser = random.choice(advisers) if advisers else None
            slow = 14 if kind.id in ("psychological", "medical") else 0
            days = int(random.triangular(12, 50 + 2 * slow, 36 + slow))
            returned: date | None = _working(begun + timedelta(days=days), begun)
            if complete:
                returned = min(returned or by, _working(by, begun))
            elif returned and returned > by:
                returned = None
            found.append(AdviceDetail(kind.id, begun, returned, adviser))
        return found

    def _after_draft(
        self, random: Random, case: CaseDetail, request: RequestRecord, draft: date, finished: date
    ) -> None:
        """The family's views, and the settings consulted; the one named can meet the child's needs."""
        views = draft + timedelta(days=random.randint(5, 15))
        case.views_received_on = views if views < finished else None
        key = _named_then(request, finished)
        if key is None:
            return
        chosen = self._by_id[key]
        others = [item for item in self._some_like(random, chosen) if item is not chosen]
        for item, reply in ((chosen, "can_meet"), *((other, "") for other in others)):
            given = reply or random.choice(("cannot_meet", "full", "no_reply"))
            replied = draft + timedelta(days=random.randint(6, 15))
            case.consultations.append(
                ConsultationDetail(
                    urn=item.urn,
                    ukprn=item.ukprn,
                    sent_on=draft,
                    replied_on=None if given == "no_reply" else min(replied, finished),
                    reply=given,
                )
            )

    def _some_like(self, random: Random, setting: Setting) -> list[Setting]:
        alike = self._by_group[setting.group, setting.low_age]
        count = min(len(alike), random.choice((0, 0, 1, 1, 2)))
        return random.sample(alike, count)


def _working(day: date, earliest: date) -> date:
    """The day, on a working day of the week, and not before `earliest`."""
    return date.fromordinal(weekday_back(max(day, earliest).toordinal()))


def _before_a_census(refused: date, agreed: date) -> date:
    """The day of agreement, but never past a census after the refusal.

    A return does not say when a refusal was overturned; so the county's open requests of each January are
    those that its returns tell.
    """
    days = (date(year, *day) for year, day in CENSUS_DAYS.items())
    return next((day for day in days if refused <= day < agreed), agreed)


def _named_then(request: RequestRecord, day: date) -> str | None:
    """URN or UKPRN of the setting a child was at when the plan was issued: the one first named."""
    for place in request.active_plan.placements if request.active_plan else []:
        if place.leaving_date is None or place.leaving_date > day:
            return place.urn or place.ukprn
    return None


def _exception(random: Random, begun: date, ended: date) -> ExceptionDetail:
    ground = random.choice(("E3", "E4")) if begun.month not in (6, 7) else "E1"
    starts = begun + timedelta(days=10)
    ends = min(ended, starts + timedelta(days=42))
    return ExceptionDetail("issue_final_plan", ground, _EVIDENCE[ground], starts, ends)
