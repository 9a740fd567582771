"""The county's settings, staff, advisers and those who sign in, put into the database."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from goldenthread.core.actors import Actor
from goldenthread.core.models import User
from goldenthread.core.roles import Role
from goldenthread.demo import staff
from goldenthread.demo.personas import Persona
from goldenthread.demo.settings_list import Setting, gias_csv, make_settings
from goldenthread.demo.storing import Team
from goldenthread.people.actions import import_settings
from goldenthread.people.actions.bulk_partners import (
    NewAdviser,
    NewOrganisation,
    NewProvider,
    NewStaffProfile,
    Partners,
    bulk_create_partners,
)
from goldenthread.people.enums import OrganisationKind
from goldenthread.people.queries import settings_by_ukprn, settings_by_urn
from goldenthread.returns.mapping import Places

SOURCE = "Demonstration county"
# Who works for the council beside its caseworkers.
_OFFICE = frozenset({Role.ANALYST, Role.FINANCE, Role.EDITOR, Role.INSPECTOR, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Peopled:
    """The team, and the user of each persona by its key."""

    team: Team
    personas: dict[str, UUID]


def add_settings(plans: int, seed: int, by: Actor) -> Places:
    """Load the register as any council does, add the providers it does not list; where each is kept."""
    with tempfile.TemporaryDirectory(prefix="county-") as folder:
        register = Path(folder) / "register.csv"
        gias_csv(register, plans=plans, seed=seed)
        with register.open("rb") as file:
            import_settings(by=by, file=file)
    settings = make_settings(plans, seed)
    providers = [_provider(one) for one in settings if one.urn is None]
    bulk_create_partners(Partners(providers=providers), by=by, source=SOURCE)
    by_urn = settings_by_urn(one.urn for one in settings if one.urn)
    by_ukprn = settings_by_ukprn(one.ukprn for one in settings)
    return Places({k: v.pk for k, v in by_urn.items()}, {k: v.pk for k, v in by_ukprn.items()})


def _provider(one: Setting) -> NewProvider:
    return NewProvider(
        ukprn=one.ukprn,
        name=one.name,
        type_name=one.type_name,
        low_age=one.low_age,
        high_age=one.high_age,
        capacity=one.capacity,
        street=one.street,
        town=one.town,
        postcode=one.postcode,
    )


def add_team(plans: int, personas: Iterable[Persona], places: Places, by: Actor) -> Peopled:
    """Users for caseworkers and personas, none with a password; organisations and advisers."""
    members = staff.caseworkers(plans)
    workers = [_user(one.email, one.name, one.role) for one in members]
    users = {one.key: _persona_user(one, workers) for one in personas}
    advised_by = {one.adviser: users[one.key] for one in personas if one.adviser is not None}
    organisations = [
        NewOrganisation(one.name, OrganisationKind(one.kind), one.email, one.phone)
        for one in staff.ORGANISATIONS
    ]
    advisers = [
        NewAdviser(
            one.name, one.kind, organisations[one.organisation].id, one.email, one.phone, advised_by.get(n)
        )
        for n, one in enumerate(staff.advisers(plans))
    ]
    profiles = [
        NewStaffProfile(user, one.team, one.job_title, one.phone, one.full_load)
        for user, one in zip(workers, members, strict=True)
    ]
    profiles += [
        NewStaffProfile(users[one.key], job_title=one.job) for one in personas if one.role in _OFFICE
    ]
    at_settings = [(users[one.key], places.by_urn[one.setting_urn]) for one in personas if one.setting_urn]
    partners = Partners(organisations, advisers, profiles, setting_users=at_settings)
    bulk_create_partners(partners, by=by, source=SOURCE)
    families = {(one.person_key, one.contact): users[one.key] for one in personas if one.person_key}
    names = [one.name for one in members]
    return Peopled(Team(workers, names, [one.id for one in advisers], families), users)


def _persona_user(persona: Persona, workers: list[UUID]) -> UUID:
    if persona.caseworker is not None:
        return workers[persona.caseworker]
    return _user(persona.email, persona.name, persona.role)


def _user(email: str, name: str, role: str) -> UUID:
    return User.objects.create_user(email, name, role).pk


def as_kept(persona: Persona, user: UUID) -> dict[str, str]:
    """What the picker needs to know of a persona, as JSON holds it."""
    told = asdict(persona)
    return {"user": str(user), **{name: told[name] for name in ("key", "name", "role", "job", "does")}}
