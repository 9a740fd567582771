"""Does the state of a record allow it? Never who asks: that is `permissions`."""

from __future__ import annotations

from datetime import date

from goldenthread.core.refusals import ChangedMeanwhile, InvalidInput, NotAllowedNow
from goldenthread.people.enums import RelationshipKind, Share, Speaks
from goldenthread.people.models import Address, Contact, Merge, Person
from goldenthread.statute.ages import birthday, compulsory_school_age_ends

OLDEST = 26
NEEDS_SOMEONE = frozenset({Speaks.PARENT, Speaks.REPRESENTATIVE})


def check_version(row: Person | Contact, version: int) -> None:
    """Nobody changed the row since the page was opened. Raises ChangedMeanwhile."""
    if row.version != version:
        raise ChangedMeanwhile(
            "Someone else changed this record after you opened it. Nothing of yours was saved.",
            "Open it again to see what they changed, then make your change.",
        )


def check_not_merged(person: Person) -> None:
    """The record is still one of its own. Raises NotAllowedNow."""
    if person.merged_into_id is not None:
        raise NotAllowedNow(
            "This record was merged into another and is kept only for its history.",
            "Make the change on the record that was kept.",
        )


def check_birth_date(birth_date: date, today: date) -> None:
    """A day that someone of SEND age can have been born on. Raises InvalidInput."""
    if birth_date > today:
        raise InvalidInput("The date of birth must be in the past.", "Check the year.", "birth_date")
    if birthday(birth_date, OLDEST) <= today:
        raise InvalidInput(
            f"Someone born on this date is {OLDEST} or over, beyond the age of an EHC plan.",
            "Check the year.",
            "birth_date",
        )


def check_address_follows(current: Address | None, from_date: date, today: date) -> None:
    """A new address begins after the current one did, and not in the future. Raises InvalidInput."""
    if from_date > today:
        raise InvalidInput(
            "The date must be today or earlier.", "Record a move once it has happened.", "from_date"
        )
    if current is not None and current.starts_on is not None and from_date <= current.starts_on:
        raise InvalidInput(
            "The new address must begin after the present one began.", "Check both dates.", "from_date"
        )


def check_share(share: str, reason: str) -> None:
    """Sharing nothing has its reason written down. Raises InvalidInput."""
    if share == Share.NOTHING and not reason.strip():
        raise InvalidInput("Give the reason why nothing may be shared with this person.", "", "share_reason")


def check_relationship_dates(starts_on: date | None, ends_on: date | None) -> None:
    """A relationship ends on or after the day it began. Raises InvalidInput."""
    if starts_on and ends_on and ends_on < starts_on:
        raise InvalidInput("The end date must be the same as or after the start date.", "", "ends_on")


def first_day_of_own_voice(birth_date: date) -> date:
    """The day from which the young person's own decisions count: the day after compulsory school age ends."""
    return date.fromordinal(compulsory_school_age_ends(birth_date).toordinal() + 1)


def check_spokesperson(
    person: Person,
    *,
    speaks: str,
    from_date: date,
    contact: Contact | None,
    assessed_on: date | None,
    basis: str,
) -> None:
    """Who may speak for a young person (CFA 2014 s.80; SEND Regulations 2014 R63-65; MCA 2005 s.2).

    Only after compulsory school age; a parent only where the young person lacks capacity for these
    decisions, with the day and ground of that finding. Raises NotAllowedNow or InvalidInput.
    """
    first = first_day_of_own_voice(person.birth_date)
    if from_date < first:
        raise NotAllowedNow(
            "Until the end of compulsory school age the parent makes these decisions.",
            f"Record who speaks from {first.day} {first:%B %Y} or later.",
        )
    if speaks in NEEDS_SOMEONE:
        _check_ground(speaks, from_date, contact, assessed_on, basis)


def _check_ground(
    speaks: str, from_date: date, contact: Contact | None, assessed_on: date | None, basis: str
) -> None:
    """Somebody else speaks only if it is said who, and on what ground. Raises InvalidInput."""
    if contact is None:
        raise InvalidInput("Select who speaks for the young person.", "", "contact")
    if not basis.strip():
        raise InvalidInput("Say on what ground they speak for the young person.", "", "basis")
    if speaks == Speaks.PARENT and assessed_on is None:
        raise InvalidInput(
            "A parent speaks only where the young person lacks capacity for these decisions. "
            "Enter the date of the capacity assessment.",
            "",
            "capacity_assessed_on",
        )
    if assessed_on is not None and assessed_on > from_date:
        raise InvalidInput(
            "The capacity assessment must be on or before the day from which they speak.",
            "",
            "capacity_assessed_on",
        )


def check_can_have_responsibility(kind: str, parental_responsibility: bool) -> None:
    """A social worker or advocate has no parental responsibility of their own. Raises InvalidInput."""
    if parental_responsibility and kind in {RelationshipKind.SOCIAL_WORKER, RelationshipKind.ADVOCATE}:
        raise InvalidInput(
            "A social worker or advocate does not have parental responsibility themself.",
            "If the council has it by a care order, say so in the reason.",
            "parental_responsibility",
        )


def check_merge(kept: Person, gone: Person) -> None:
    """Two live records may become one. Raises NotAllowedNow."""
    if kept.pk == gone.pk:
        raise NotAllowedNow("These are the same record.", "Choose two different records.")
    check_not_merged(kept)
    check_not_merged(gone)


def check_undo(merge: Merge, kept: Person, gone: Person) -> None:
    """The merge stands, and no later merge stands on it. Raises NotAllowedNow."""
    if merge.undone_at is not None:
        raise NotAllowedNow("This merge has been undone already.")
    if kept.merged_into_id is not None or gone.merged_into_id != kept.pk:
        raise NotAllowedNow(
            "The record that was kept has since been merged into another.", "Undo the later merge first."
        )
