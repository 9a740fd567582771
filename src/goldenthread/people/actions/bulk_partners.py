"""Staff, advisers, organisations and providers, as a list of them is brought in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from uuid import UUID

from django.db import transaction

from goldenthread.core import audit
from goldenthread.core.actors import Actor
from goldenthread.core.ids import new_id
from goldenthread.people.enums import OrganisationKind, SettingGroup
from goldenthread.people.models import Adviser, Organisation, Setting, SettingUser, StaffProfile
from goldenthread.people.names import fold
from goldenthread.people.normal import stored_postcode
from goldenthread.people.permissions import check_can_edit
from goldenthread.people.rows import insert_rows


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """A body that advisers work for."""

    name: str
    kind: OrganisationKind
    email: str = ""
    phone: str = ""
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class NewAdviser:
    """Someone asked for advice; `kind` is an advice kind of `statute.plan`."""

    name: str
    kind: str
    organisation_id: UUID | None = None
    email: str = ""
    phone: str = ""
    user_id: UUID | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class NewStaffProfile:
    """What casework needs to know of a member of staff; `full_load` is in cases."""

    user_id: UUID
    team: str = ""
    job_title: str = ""
    phone: str = ""
    full_load: int = 200


@dataclass(frozen=True, slots=True)
class NewProvider:
    """A provider that has a UKPRN and is in no register of schools, such as a training provider."""

    ukprn: str
    name: str
    group: SettingGroup = SettingGroup.FE_UKRLP
    type_name: str = ""
    low_age: int | None = None
    high_age: int | None = None
    capacity: int | None = None
    street: str = ""
    town: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Partners:
    """What is brought in at once. `setting_users` are pairs of user and setting."""

    organisations: Sequence[NewOrganisation] = ()
    advisers: Sequence[NewAdviser] = ()
    profiles: Sequence[NewStaffProfile] = ()
    providers: Sequence[NewProvider] = ()
    setting_users: Sequence[tuple[UUID, UUID]] = ()


def bulk_create_partners(new: Partners, *, by: Actor, source: str) -> None:
    """Add staff, advisers, organisations and providers, all or none; one audit line tells how many of each.

    Raises NotPermitted, and IntegrityError for an organisation's name or a user's profile that is there.
    """
    check_can_edit(by)
    with transaction.atomic():
        insert_rows(Organisation, [Organisation(**asdict(one)) for one in new.organisations])
        insert_rows(Adviser, [Adviser(**asdict(one)) for one in new.advisers])
        insert_rows(StaffProfile, [StaffProfile(**asdict(one)) for one in new.profiles])
        insert_rows(Setting, [_provider(one) for one in new.providers])
        insert_rows(SettingUser, [SettingUser(user_id=u, setting_id=s) for u, s in new.setting_users])
        counts = {name: len(getattr(new, name)) for name in Partners.__slots__}
        audit.record(by=by, action="people.partners_added", details={**counts, "source": source})


def _provider(new: NewProvider) -> Setting:
    values = {**asdict(new), "postcode": stored_postcode(new.postcode)}
    return Setting(name_key=fold(new.name), status="Open", **values)
