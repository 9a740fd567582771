"""Trying a decision without taking it, so that a page can say beforehand what will follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from goldenthread.casework.models import Case

T = TypeVar("T")


def rehearse(act: Callable[[], Case], read: Callable[[Case], T]) -> T:
    """What `read` says of the case as `act` would leave it; nothing of it is kept, no message is sent.

    Raises what `act` raises: every refusal is known before anything is recorded.
    """
    with transaction.atomic():
        told = read(act())
        transaction.set_rollback(True)
    return told
