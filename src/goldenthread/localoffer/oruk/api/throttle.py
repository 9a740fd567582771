"""How many requests a minute one address may make of the feed.

Counted in memory by each worker for itself, and forgotten after the minute: nothing is written, so that
reading goes on while a large file holds the database, and no address is kept.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import Counter
from threading import Lock
from typing import Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest

WINDOW: Final = 60
_lock = Lock()
_counts: Counter[str] = Counter()
_window = 0


def seconds_to_wait(request: HttpRequest) -> int:
    """How long the address of this request has to wait, in seconds; 0 if it may go on.

    `OPEN_DATA_PER_MINUTE` of the settings is the limit; 0 is none.
    """
    global _window
    limit = settings.OPEN_DATA_PER_MINUTE
    if limit <= 0:
        return 0
    now = time.time()
    with _lock:
        if int(now // WINDOW) != _window:
            _window = int(now // WINDOW)
            _counts.clear()
        place = _place(request)
        _counts[place] += 1
        over = _counts[place] > limit
    return math.ceil(WINDOW - now % WINDOW) if over else 0


def forget() -> None:
    """Begin to count anew."""
    with _lock:
        _counts.clear()


def _place(request: HttpRequest) -> str:
    """The address as the sign-in knows it; of IPv6 the network that one household has."""
    given = str(get_adapter().get_client_ip(request))
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if address.version == 6 else given
