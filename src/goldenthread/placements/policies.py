"""Does the state allow a placement to start or end?"""

from __future__ import annotations

from datetime import date

from goldenthread.core import clock
from goldenthread.core.refusals import InvalidInput, NotAllowedNow
from goldenthread.placements.models import Placement


def check_one_open_main(open_main: Placement | None, rank: int) -> None:
    """A child attends one main setting at a time (SEN2 rule L61 in our list)."""
    if rank == 1 and open_main is not None:
        raise NotAllowedNow(
            "There is already a main placement that has not ended.",
            "Record the last day there first, or record this one as the second setting.",
        )


def check_setting_or_code(setting_id: object, sen_setting: str) -> None:
    """Exactly one of a setting and a SEN2 arrangement code."""
    if bool(setting_id) == bool(sen_setting):
        raise InvalidInput(
            "Choose a setting, or the kind of arrangement where there is no setting.",
            "Give one of the two.",
            "setting",
        )


def check_end(placement: Placement, on: date) -> None:
    """A placement ends once, on or after its first day, and not in the future."""
    if placement.ends_on is not None:
        raise NotAllowedNow("This placement has already ended.")
    if placement.starts_on is not None and on < placement.starts_on:
        raise InvalidInput("The last day is before the first day.", "Check both dates.", "on")
    if on > clock.today():
        raise InvalidInput("The last day is in the future.", "Record it on or after the day.", "on")
