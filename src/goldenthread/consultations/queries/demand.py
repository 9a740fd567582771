"""Demand and gaps by area and need, for joint commissioning: searches, comments, and what there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from goldenthread.consultations import supply
from goldenthread.consultations.enums import SHOWN, State
from goldenthread.consultations.models import Comment, SoughtDay
from goldenthread.consultations.permissions import check_can_view_board
from goldenthread.core.actors import Actor

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "area": ("area",),
    "need": ("need",),
    "pair": ("area", "need"),
}


@dataclass(slots=True)
class Demand:
    """What was asked for in an area, for a need, or both; "" where none was given.

    `services` is how many there are; None where nobody counts them, or no area or need was given.
    """

    area: str
    need: str
    searches: int = 0
    comments: int = 0
    last: date | None = None
    services: int | None = None


def demand_by(
    by: Actor, what: str, *, since: date | None = None, area: str = "", need: str = ""
) -> list[Demand]:
    """Searches that found nothing and comments by "area", "need" or "pair" of both, the most wanted first.

    Abusive comments are not counted. By need, every need that services are counted for has its line. Raises
    NotPermitted.
    """
    check_can_view_board(by)
    names, fields = supply.needs(), GROUPS[what]
    found: dict[supply.Pair, Demand] = {}
    if what == "need":
        found = {("", code): Demand("", name) for code, name in names.items() if need in ("", code, name)}
    asked = [
        ("searches", _searches(since, area, need, names), "on", Sum("times")),
        ("comments", _comments(since, area, need, names), "said_on", Count("pk")),
    ]
    for kind, rows, day, many in asked:
        counted = rows.order_by().values(*fields).annotate(many=many, latest=Max(day))
        for row in counted:
            _add(found, row, kind, names)
    _with_services(found, what, area, _code_of(need, names))
    return sorted(found.values(), key=lambda one: (-one.searches - one.comments, one.area, one.need))


def comments_by_theme(
    by: Actor, *, since: date | None = None, area: str = "", need: str = ""
) -> list[dict[str, Any]]:
    """Comments by theme: how many came, are published and answered, and the last. Raises NotPermitted."""
    check_can_view_board(by)
    rows = _comments(since, area, need, supply.needs()).order_by()
    counted = rows.values(what=F("theme__name")).annotate(
        many=Count("pk"),
        shown=Count("pk", filter=Q(state__in=SHOWN)),
        answered=Count("pk", filter=Q(state=State.ANSWERED)),
        last=Max("said_on"),
    )
    return sorted((dict(row) for row in counted), key=lambda row: (-row["many"], row["what"] or "~"))


def _searches(since: date | None, area: str, need: str, names: Mapping[str, str]) -> QuerySet[SoughtDay]:
    found = SoughtDay.objects.all() if since is None else SoughtDay.objects.filter(on__gte=since)
    return found.filter(_of(area, need, names))


def _comments(since: date | None, area: str, need: str, names: Mapping[str, str]) -> QuerySet[Comment]:
    found = Comment.objects.exclude(state=State.ABUSIVE)
    found = found if since is None else found.filter(said_on__gte=since)
    return found.filter(_of(area, need, names))


def _of(area: str, need: str, names: Mapping[str, str]) -> Q:
    found = Q(area__iexact=area) if area else Q()
    if need:
        # A search may have said the code or the word.
        code = _code_of(need, names)
        found &= Q(need__iexact=need) | Q(need__iexact=code) | Q(need__iexact=names.get(code, need))
    return found


def _code_of(need: str, names: Mapping[str, str]) -> str:
    """The code of a need that is given as code or as word; itself where it is neither."""
    low = need.casefold()
    return next((code for code, name in names.items() if low in (code.casefold(), name.casefold())), need)


def _add(
    found: dict[supply.Pair, Demand], row: Mapping[str, Any], kind: str, names: Mapping[str, str]
) -> None:
    area, code = row.get("area", ""), _code_of(row.get("need", ""), names)
    one = found.setdefault((area.casefold(), code), Demand(area, names.get(code, code)))
    setattr(one, kind, getattr(one, kind) + (row["many"] or 0))
    one.last = max(filter(None, (one.last, row["latest"])), default=None)


def _with_services(found: Mapping[supply.Pair, Demand], what: str, area: str, need: str) -> None:
    """Beside each line how many services there are."""
    counted = supply.services() if supply.is_known() else {}
    for (low, code), one in _comparable(found.items(), what) if counted else ():
        one.services = counted.get((low or area.casefold(), code or need), 0)


def _comparable(
    lines: Iterable[tuple[supply.Pair, Demand]], what: str
) -> Iterable[tuple[supply.Pair, Demand]]:
    """Lines that say the area and the need that they are counted by."""
    return (line for line in lines if all(getattr(line[1], name) for name in GROUPS[what]))
