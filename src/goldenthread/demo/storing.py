"""A person of the county, with the detail, as the rooms below store it.

What a SEN2 return says is read as the loader reads it (`returns.mapping`), so that the county and its file
cannot come to mean different things; the detail is added to that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from goldenthread.casework.actions import NewAdvice, NewCase, NewClaim, NewConsultation
from goldenthread.casework.enums import Route, Status
from goldenthread.demo.county import CENSUS_DAY
from goldenthread.demo.detail import (
    CaseDetail,
    ConsultationDetail,
    ExceptionDetail,
    PersonDetail,
)
from goldenthread.demo.families import ContactDetail
from goldenthread.people.actions import NewPerson
from goldenthread.people.actions.bulk_contacts import NewContact
from goldenthread.people.actions.contacts import ContactFacts, RelationshipFacts
from goldenthread.people.enums import RelationshipKind, Share
from goldenthread.placements.actions import NewPlacement
from goldenthread.returns import mapping
from goldenthread.returns.mapping import Places, Span
from goldenthread.returns.sen2.records import PersonRecord, RequestRecord

WHOLE = Span(CENSUS_DAY, None)


@dataclass(frozen=True, slots=True)
class Team:
    """Who works with the county's children: keys in the order of `staff`, and who signs in for a family.

    `families` maps a person's key and the index of a contact (None: the young person) to a user.
    """

    caseworkers: Sequence[UUID] = ()
    names: Sequence[str] = ()
    advisers: Sequence[UUID] = ()
    families: Mapping[tuple[str, int | None], UUID] = field(default_factory=dict)


@dataclass(slots=True)
class Stored:
    """What a number of people come to."""

    people: list[NewPerson] = field(default_factory=list)
    contacts: list[NewContact] = field(default_factory=list)
    cases: list[NewCase] = field(default_factory=list)
    placements: list[NewPlacement] = field(default_factory=list)


class Storer:
    """Turns people of the county into what is stored. Without `team` there is no detail, as in a return."""

    def __init__(self, places: Places, team: Team) -> None:
        self.places, self.team = places, team

    def add(self, to: Stored, record: PersonRecord, key: str, detail: PersonDetail | None) -> None:
        """One person with everything about them. `key` is the person's `detail.person_key`."""
        person = mapping.new_person(record)
        if detail is not None:
            person = _with_detail(person, detail)
            to.contacts += self._contacts(record, person.id, key, detail)
        to.people.append(person)
        for number, request in enumerate(record.requests):
            case = mapping.new_case(request, person, self.places, WHOLE)
            if detail is not None:
                case = self._case(case, request, detail.cases[number])
            to.cases.append(case)
            to.placements += mapping.new_placements(request, case.id, self.places)

    def _case(self, case: NewCase, request: RequestRecord, detail: CaseDetail) -> NewCase:
        """The case with who works on it, its advice, draft, consultations and exceptions."""
        worker = detail.caseworker
        changes: dict[str, Any] = {
            "caseworker_id": None if worker is None else self.team.caseworkers[worker],
            "route": Route.UNKNOWN if request.outcome == "H" else detail.route,
            "advice": tuple(self._advice(detail)),
            "consultations": tuple(self._consultation(one) for one in detail.consultations),
            "claims": tuple(_claim(one, detail, self.team.names) for one in detail.exceptions),
        }
        if detail.decided_to_issue_on:
            changes["decided_to_issue_on"] = detail.decided_to_issue_on
        if detail.draft_sent_on:
            changes["draft_sent_on"] = detail.draft_sent_on
            changes["views_received_on"] = detail.views_received_on
            if case.status == Status.ISSUING:
                changes["status"] = Status.DRAFT
        if case.assess_refused_on and detail.advice:
            changes["decided_to_assess_on"] = detail.advice[0].requested_on
        return replace(case, **changes)

    def _advice(self, detail: CaseDetail) -> Iterator[NewAdvice]:
        for one in detail.advice:
            adviser = None if one.adviser is None else self.team.advisers[one.adviser]
            yield NewAdvice(one.kind, one.requested_on, adviser, one.returned_on)

    def _consultation(self, one: ConsultationDetail) -> NewConsultation:
        setting = self.places.by_urn[one.urn] if one.urn else self.places.by_ukprn[one.ukprn or ""]
        return NewConsultation(setting, one.sent_on, one.replied_on, one.reply)

    def _contacts(
        self, record: PersonRecord, person_id: UUID, key: str, detail: PersonDetail
    ) -> Iterator[NewContact]:
        address = f"{detail.street}, {detail.town}"
        for index, one in enumerate(detail.contacts):
            place = (address, record.postcode or "") if one.same_address else ("", "")
            user = self.team.families.get((key, index))
            yield NewContact(person_id, _facts(one, *place), _relationship(one), user)
        themself = self.team.families.get((key, None))
        if themself is not None:
            facts = ContactFacts(record.surname, record.forename, address=address)
            relationship = RelationshipFacts(RelationshipKind.SELF, share=Share.EVERYTHING)
            yield NewContact(person_id, facts, relationship, themself)


def _with_detail(person: NewPerson, detail: PersonDetail) -> NewPerson:
    return replace(
        person,
        preferred_name=detail.preferred_name,
        first_language=detail.first_language,
        address_lines=detail.street,
        town=detail.town,
    )


def _claim(one: ExceptionDetail, detail: CaseDetail, names: Sequence[str]) -> NewClaim:
    asked: date | None = detail.advice[0].requested_on if one.ground == "E1" and detail.advice else None
    return NewClaim(
        rule=one.rule,
        ground=one.ground,
        evidence=one.evidence,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        decided_on=one.starts_on,
        decided_by="" if detail.caseworker is None else names[detail.caseworker],
        advice_requested_on=asked,
        family_told_on=one.starts_on,
    )


def _facts(one: ContactDetail, address: str, postcode: str) -> ContactFacts:
    return ContactFacts(
        surname=one.surname,
        forename=one.forename,
        email=one.email,
        phone=one.phone,
        address=address,
        postcode=postcode,
        language=one.language,
        interpreter_language=one.interpreter_language,
    )


def _relationship(one: ContactDetail) -> RelationshipFacts:
    kind = RelationshipKind(one.kind)
    all_of_it = one.parental_responsibility or kind == RelationshipKind.CARER
    return RelationshipFacts(
        kind=kind,
        parental_responsibility=one.parental_responsibility,
        share=Share.EVERYTHING if all_of_it else Share.LETTERS,
    )
