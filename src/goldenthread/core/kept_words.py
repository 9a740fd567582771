"""What somebody typed to find a child: personal, so it stands in no address.

It is kept in the session, and the address carries a key to it. The last ten are kept.
"""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponseRedirect, QueryDict

from goldenthread.core.ids import new_id

KEPT = 10
LONGEST = 200
_KEY = "kept_words"
_LIKE_A_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


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


def away(request: HttpRequest, name: str = "q") -> HttpResponseRedirect | None:
    """Where to go on when words were typed: the same page, with a key in their place. None if none were.

    A list's filter form posts; its other fields go into the address as they are.
    """
    given = request.POST if request.method == "POST" else request.GET
    typed = given.get(name, "")
    if request.method != "POST" and (not typed or _LIKE_A_KEY.match(typed)):
        return None
    params = given.copy()
    params.pop("csrfmiddlewaretoken", None)
    params[name] = keep(request, typed)
    for empty in [key for key in params if not any(params.getlist(key))]:
        del params[empty]
    return HttpResponseRedirect(f"{request.path}?{params.urlencode()}")


def read(request: HttpRequest, name: str = "q") -> QueryDict:
    """What the address asks for, with the words themselves in place of their key."""
    params = request.GET.copy()
    if key := request.GET.get(name):
        params[name] = words(request, key)
    return params
