"""Who wants to know of a search that found nothing: another room counts them. No sibling is imported here."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import OperationalError, transaction

log = logging.getLogger(__name__)
Hook = Callable[[str, str, str], None]
_hooks: list[Hook] = []


def on_nothing_found(hook: Hook) -> None:
    """Have `hook(words, area, need)` called after a search that found nothing.

    `area` is a postcode or its first half, `need` the name of a need; each empty where it was not asked for.
    """
    if hook not in _hooks:
        _hooks.append(hook)


def tell_nothing_found(words: str, area: str, need: str) -> None:
    """Tell every hook. While a large file is loaded the count is left out: the family still gets its page."""
    for hook in _hooks:
        try:
            with transaction.atomic():
                hook(words, area, need)
        except OperationalError:
            log.warning("a search that found nothing could not be counted: the database is busy")
