"""Where a link of a guidance page may lead: `page:slug`, `settings:kind?phase=..`, `say:`, or an address.

`Known` holds all that there is; `problem_of` says why a target leads nowhere, `address_of` where it leads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.urls import reverse

from goldenthread.statute.rules import all_rules

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WAYS: Final = "page:, topic:, settings:, find:, say:, law: or an https address"


@dataclass(frozen=True, slots=True)
class Known:
    """What a link may lead to, by slug or code."""

    pages: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    rules: frozenset[str] = field(default_factory=lambda: frozenset(one.id for one in all_rules()))


def problem_of(target: str, known: Known) -> str | None:
    """Why this target leads nowhere, in words; None where it leads somewhere."""
    way, sign, rest = target.partition(":")
    if not sign:
        return f"“{target}” is no target: begin it with {WAYS}."
    if way == "https":
        return _problem_of_address(target)
    check = _CHECKS.get(way)
    if check is None:
        return f"“{way}:” is not a way to link: use {WAYS}."
    return check(rest, known)


def _problem_of_address(target: str) -> str | None:
    try:
        parts = urlsplit(target)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if "." not in host or re.search(r"[\s<>\"'\\`]", target) or not host.isascii():
        return f"“{target}” is no web address: write https://www.example.org/page."
    return None


def _page(rest: str, known: Known) -> str | None:
    return None if rest in known.pages else f"There is no guidance page “{rest}”."


def _topic(rest: str, known: Known) -> str | None:
    return None if rest in known.topics else f"There is no topic “{rest}”."


def _law(rest: str, known: Known) -> str | None:
    return None if rest in known.rules else f"There is no rule of law “{rest}”: see the page of the law."


def _say(rest: str, known: Known) -> str | None:
    return "Write say: and nothing after it." if rest else None


def _find(rest: str, known: Known) -> str | None:
    if not rest or re.search(r"[\s<>\"'`]", rest):
        return "After find: write what stands after the ? of a search, such as find:q=swimming&free=on."
    return None


def _settings(rest: str, known: Known) -> str | None:
    kind, _, query = rest.partition("?")
    if kind and kind not in known.kinds:
        return f"There is no kind of setting “{kind}”."
    allowed = {"phase": known.phases, "need": known.needs}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in allowed:
            return f"Lists of settings are narrowed by phase and need, not by “{name}”."
        if value not in allowed[name]:
            return f"There is no {name} “{value}”."
    return None


_CHECKS = {"page": _page, "topic": _topic, "law": _law, "say": _say, "find": _find, "settings": _settings}


def address_of(target: str, known: Known) -> str | None:
    """Where the target leads; None for one that leads nowhere (any more)."""
    if problem_of(target, known) is not None:
        return None
    way, _, rest = target.partition(":")
    if way == "https":
        return target
    if way == "find":
        return f"{reverse('lo_search')}?{urlencode(parse_qsl(rest, keep_blank_values=True))}"
    if way == "settings":
        kind, _, query = rest.partition("?")
        address = reverse("lo_settings_of", args=[kind]) if kind else reverse("lo_settings")
        return f"{address}?{urlencode(parse_qsl(query))}" if query else address
    if way == "law":
        return f"{reverse('law')}#{_stage(rest)}"
    return reverse("have_your_say") if way == "say" else reverse(f"lo_{way}", args=[rest])


def _stage(rule_id: str) -> str:
    return next(one.stage for one in all_rules() if one.id == rule_id)
