"""Making the demonstration county in an empty database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from uuid import UUID

from django.db import transaction

from goldenthread.casework.actions import bulk_create_cases, count_caseload, count_work, refresh_pace
from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor
from goldenthread.core.db import learn_sizes
from goldenthread.core.models import User
from goldenthread.core.refusals import InvalidInput, NotAllowedNow
from goldenthread.demo import calibration, counting, state, teams
from goldenthread.demo.consultations import add_consultations
from goldenthread.demo.counting import Counts
from goldenthread.demo.county import CENSUS_DAY, count_people, make_people
from goldenthread.demo.detail import DetailMaker, person_key
from goldenthread.demo.localoffer.adding import add_local_offer
from goldenthread.demo.personas import personas
from goldenthread.demo.planning import add_planning
from goldenthread.demo.settings_list import make_settings
from goldenthread.demo.state import Demonstration
from goldenthread.demo.storing import Stored, Storer
from goldenthread.demo.teams import Peopled
from goldenthread.people.actions import bulk_create_people
from goldenthread.people.actions.bulk_contacts import bulk_create_contacts
from goldenthread.people.queries import visible_to
from goldenthread.placements.actions import bulk_create_placements
from goldenthread.returns.sen2.records import PersonRecord

CHUNK = 1_000
Tell = Callable[[int, int], None]


def make_county(
    *, plans: int, seed: int, by: Actor, tell: Tell | None = None, detail: bool = True
) -> Demonstration:
    """Make the county: settings, staff, families, everybody's history, and what the site knows of it.

    One transaction: all of it or nothing. `tell` hears how many people of how many are done. With `detail`
    false only what a SEN2 return carries is made. Raises NotPermitted, NotAllowedNow where there are people
    already, and InvalidInput for a size that cannot be made.
    """
    check_size(plans, seed)
    with transaction.atomic(), audit.gathered(), clock.fixed(CENSUS_DAY):
        _check_empty(by)
        places = teams.add_settings(plans, seed, by)
        them = personas(plans, seed)
        peopled = teams.add_team(plans, them, places, by)
        storer = Storer(places, peopled.team)
        counts = _fill(plans, seed, storer, by, tell or (lambda done, total: None), detail)
        refresh_pace(by=by, on=CENSUS_DAY)
        if detail:
            add_planning(plans, seed, by)
            services = _add_local_offer(plans, seed, peopled)
            add_consultations(by, CENSUS_DAY, services)
        made = Demonstration(
            plans=plans,
            seed=seed,
            people=count_people(plans, seed),
            personas=[teams.as_kept(one, peopled.personas[one.key]) for one in them],
            lines=list(calibration.compare(counts, plans)),
        )
        state.keep(made)
        audit.record(by=by, action="demonstration.made", details={"plans": plans, "seed": seed})
    learn_sizes()
    count_caseload(by=by, on=CENSUS_DAY)
    count_work(by=by, on=CENSUS_DAY)
    return made


def _add_local_offer(plans: int, seed: int, peopled: Peopled) -> dict[str, UUID]:
    """Fill the Local Offer; a service of each kind, for what people say of it."""
    editor = User.objects.get(pk=peopled.personas["editor"])
    provider_id = peopled.personas["provider"]
    added = add_local_offer(plans, seed, editor=editor, provider_id=provider_id, today=CENSUS_DAY)
    return added.of_kind


def check_size(plans: int, seed: int) -> None:
    """Raise InvalidInput for a county that cannot be made."""
    if plans < 1:
        raise InvalidInput("A county has at least one plan.", "Give --plans a number from 1 up.")
    try:
        make_settings(plans, seed)
    except ValueError as error:
        raise InvalidInput(f"{error}.", "Make a smaller one.") from error


def _check_empty(by: Actor) -> None:
    if visible_to(by).exists() or state.kept() is not None:
        raise NotAllowedNow(
            "There are people in this database already, so no county was made.",
            "The county needs an empty database: name another one in GT_DATABASE_URL, or move this one away.",
        )


def _fill(plans: int, seed: int, storer: Storer, by: Actor, tell: Tell, detail: bool) -> Counts:
    """Store everybody, a thousand at a time, counting them as DfE counts a return."""
    counts, groups = Counts(), counting.groups_of(make_settings(plans, seed))
    maker = DetailMaker(plans, seed)
    total, done = count_people(plans, seed), 0
    tell(0, total)
    for part in _parts(make_people(plans, seed)):
        stored = Stored()
        for person in part:
            counting.count_person(counts, person, groups)
            storer.add(stored, person, person_key(person), maker.make(person) if detail else None)
        _write(stored, by)
        done += len(part)
        tell(done, total)
    return counts


def _parts(people: Iterator[PersonRecord]) -> Iterator[list[PersonRecord]]:
    while part := list(islice(people, CHUNK)):
        yield part


def _write(stored: Stored, by: Actor) -> None:
    bulk_create_people(stored.people, by=by, source=teams.SOURCE)
    bulk_create_contacts(stored.contacts, by=by, source=teams.SOURCE)
    bulk_create_cases(stored.cases, by=by, source=teams.SOURCE)
    bulk_create_placements(stored.placements, by=by)
