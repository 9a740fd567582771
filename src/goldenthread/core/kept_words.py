"""What somebody typed to find a child: personal, so it stands in no address.

It is kept in the session, and the address carries a key to it. The last ten are kept.
"""

from __future__ import annotations

from django.http import HttpRequest

from goldenthread.core.ids import new_id

KEPT = 10
LONGEST = 200
_KEY = "kept_words"


def keep(request: HttpRequest, text: str) -> str:
    """Keep the words; returns the key for the address (empty for no words)."""
    if not text.strip():
        return ""
    key = str(new_id())
    kept = {**request.session.get(_KEY, {}), key: text.strip()[:LONGEST]}
    request.session[_KEY] = dict(list(kept.items())[-KEPT:])
    return key


def words(request: HttpRequest, key: str) -> str:
    """The words behind a key of this session; empty for one that is not, or no longer, known."""
    return str(request.session.get(_KEY, {}).get(key, ""))
