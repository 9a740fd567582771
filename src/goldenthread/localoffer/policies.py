"""May this happen to the entry as it stands?"""

from __future__ import annotations

from datetime import date

from goldenthread.core.refusals import ChangedMeanwhile, InvalidInput, NotAllowedNow
from goldenthread.localoffer.document import Document, missing
from goldenthread.localoffer.enums import Happening
from goldenthread.localoffer.leaking import leaks
from goldenthread.localoffer.models import Service
from goldenthread.localoffer.workflow import NEEDS_LIVE


def check_version(service: Service, version: int | None) -> None:
    """Raise ChangedMeanwhile if somebody wrote to the entry after it was opened; None asks nothing."""
    if version is not None and service.version != version:
        raise ChangedMeanwhile(
            "Somebody changed this entry after you opened it.",
            "Open it again, look at what it says now, and then decide.",
        )


def check_live(service: Service, happening: Happening) -> None:
    """Raise NotAllowedNow where the happening is about what the public sees, and they see nothing."""
    if happening in NEEDS_LIVE and not service.is_live:
        raise NotAllowedNow("This entry was never published.", "Publish it first, or archive it.")
    if happening == Happening.PAUSED and service.is_paused:
        raise NotAllowedNow("This service is closed for a time already.")
    if happening == Happening.REOPENED and not service.is_paused:
        raise NotAllowedNow("This service is open.")


def check_publishable(document: Document) -> None:
    """Raise InvalidInput for what is missing, and for words of a hidden address among the public ones."""
    lacking = missing(document)
    if lacking:
        raise InvalidInput(
            " ".join(one.message for one in lacking), "Fill it in and try again.", lacking[0].where
        )
    check_hidden(document)


def check_hidden(document: Document) -> None:
    """Raise InvalidInput for words of a hidden place among the public ones; none of them is told."""
    if leaks(document):
        raise InvalidInput(
            "A hidden address stands in words that would be public.",
            "Take the street, postcode, telephone and name of the hidden place out of the description, the "
            "contacts, the answers and the organisation.",
        )


def check_reason(reason: str) -> str:
    """The reason, tidied. Raises InvalidInput for none."""
    tidy = reason.strip()
    if not tidy:
        raise InvalidInput("Give a reason.", "Say what must be changed, so that they can do it.", "reason")
    if len(tidy) > 2000:
        raise InvalidInput("The reason is too long.", "Give up to 2,000 letters.", "reason")
    return tidy


def check_future(on: date, today: date) -> None:
    """Raise InvalidInput for a day that is not after today."""
    if on <= today:
        raise InvalidInput("Choose a day after today.", "To publish it now, choose Publish.", "on")
