"""The kinds of service that the county has, and the sentences they have in common: read from `data`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from goldenthread.localoffer import terms

_DATA: Final = Path(__file__).parent / "data"
# Who runs a service: each has organisations of its own kind (`owners`).
OWNERS: Final = frozenset(
    {
        *("council", "nhs", "charity", "business", "group", "nursery", "minder", "national", "refuge"),
        *("sendias", "forum", "outside"),
    }
)
WHEN: Final = frozenset(
    {"office", "all-week", "school-days", "weekly", "evening", "weekend", "holidays", "always"}
)
WHERE: Final = frozenset({"site", "home", "hidden", "national"})


@dataclass(frozen=True, slots=True)
class Offer:
    """One sort of service; the fields are those of `data/offers.toml`."""

    kinds: tuple[str, ...]
    by: str
    names: tuple[str, ...]
    says: tuple[str, ...]
    ages: tuple[int, int]
    needs: tuple[str, ...]
    refer: tuple[str, ...]
    cost: str
    when: str
    covers: tuple[str, ...]
    weight: float
    where: str = "site"
    access: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()
    phase: tuple[str, ...] = ()
    happens: str = ""  # whose sentences it has in `banks`, where not those of its first kind
    questions: float = 0.0  # the share of such services that answer the seven questions

    @property
    def top(self) -> str:
        """The code of the first level under which its first kind stands, or whose sentences it has."""
        return self.happens or terms.term(terms.KIND, self.kinds[0]).parent


@cache
def offers() -> tuple[Offer, ...]:
    """Every sort. Raises ValueError, naming it, for one that says what nobody knows."""
    rows = _read("offers.toml")["offer"]
    found = tuple(Offer(**{key: _frozen(value) for key, value in row.items()}) for row in rows)
    for one in found:
        _check(one)
    return found


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _check(one: Offer) -> None:
    wrong = [
        *(one.by,) * (one.by not in OWNERS),
        *(one.when,) * (one.when not in WHEN),
        *(one.where,) * (one.where not in WHERE),
        *(one.cost,) * (one.cost not in banks()["cost"]),
        *(code for code in one.refer if code not in banks()["how_to_get"]),
    ]
    for slug, many in _terms_of(one).items():
        wrong += [code for code in many if code not in terms.codes(slug)]
    if wrong or one.top not in banks()["happens"]:
        raise ValueError(f"offers.toml: {one.names[0]}: {', '.join(wrong) or one.top} is unknown")


def _terms_of(one: Offer) -> Mapping[str, tuple[str, ...]]:
    return {
        terms.KIND: one.kinds,
        terms.NEED: one.needs,
        terms.ACCESS: one.access,
        terms.SETTING: one.setting,
        terms.PHASE: one.phase,
    }


@cache
def banks() -> dict[str, Any]:
    """The sentences by sort: see `data/banks.toml`."""
    return _read("banks.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))
