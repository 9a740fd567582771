"""The golden set: what is asked, slips made by a seeded rule, and how much of what should be found is."""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

FILE: Final = Path(__file__).parent / "golden.toml"
SEED: Final = 20_260_101
SLIPS_EACH: Final = 2
TOP: Final = 20
# Those next to a letter on a British keyboard.
_BESIDE: Final = {
    "a": "qsz",
    "b": "vgn",
    "c": "xdv",
    "d": "sfe",
    "e": "wrd",
    "f": "dgr",
    "g": "fht",
    "h": "gjy",
    "i": "uok",
    "j": "hku",
    "k": "jli",
    "l": "kop",
    "m": "nj",
    "n": "bmh",
    "o": "ipl",
    "p": "ol",
    "q": "wa",
    "r": "etf",
    "s": "adw",
    "t": "ryg",
    "u": "yij",
    "v": "cbf",
    "w": "qes",
    "x": "zcs",
    "y": "tuh",
    "z": "xa",
}
_WHERE: Final[tuple[dict[str, Any], ...]] = (
    *({"needs": ("ASD",)}, {"age": 7}, {"free": True}, {"days": ("SA",)}, {"kinds": ("leisure",)}, {}, {}),
    *({"point": (520_000, 560_000)}, {"point": (530_000, 556_000), "within_km": 10.0}, {"sort": "checked"}),
)


def phrases() -> list[str]:
    """What is asked, clean."""
    return list(tomllib.loads(FILE.read_text(encoding="utf-8"))["phrases"])


def pairs() -> list[tuple[str, str]]:
    """What is asked, and what is written."""
    return [(asked, written) for asked, written in tomllib.loads(FILE.read_text(encoding="utf-8"))["pairs"]]


def slips() -> list[tuple[str, str]]:
    """Every phrase with each of its slips."""
    random = Random(SEED)
    return [(clean, slipped(clean, random)) for clean in phrases() for _ in range(SLIPS_EACH)]


def slipped(phrase: str, random: Random) -> str:
    """The phrase with one slip in a word of four letters or more: left out, doubled, turned round, wrong,
    or one too many; all five equally likely."""
    words = phrase.split()
    long = [at for at, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if not long:
        return phrase
    at = random.choice(long)
    words[at] = _slip(words[at].lower(), random)
    return " ".join(words)


def _slip(word: str, random: Random) -> str:
    at = random.randrange(len(word) - 1)
    kind = random.choice(("left out", "doubled", "turned round", "wrong", "one too many"))
    if kind == "left out":
        return word[:at] + word[at + 1 :]
    if kind == "doubled":
        return word[: at + 1] + word[at:]
    if kind == "turned round":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    other = random.choice(_BESIDE[word[at]])
    return word[:at] + other + word[at + (kind == "wrong") :]


def times() -> dict[str, float]:
    """Milliseconds inside the server of every question of the set, each with a filter or an order in turn."""
    from goldenthread.localoffer.search.asking import Asked
    from goldenthread.localoffer.search.finding import find

    texts = [*phrases(), *(slip for _, slip in slips()), *(asked for asked, _ in pairs()), ""]
    asked = [Asked(text=text, **_WHERE[at % len(_WHERE)]) for at, text in enumerate(texts)]
    for one in asked[:20]:
        find(one)
    took = []
    for one in asked:
        began = time.perf_counter()
        find(one)
        took.append((time.perf_counter() - began) * 1000)
    return {"questions": len(took), **percentiles(took, "search")}


def percentiles(took: list[float], what: str) -> dict[str, float]:
    """p50, p95, p99 and the most, by nearest rank."""
    ordered = sorted(took)
    at = {percent: ordered[max(0, -(-len(ordered) * percent // 100) - 1)] for percent in (50, 95, 99)}
    found = {f"{what}, p{percent} ms": round(value, 1) for percent, value in at.items()}
    return {**found, f"{what}, slowest ms": round(ordered[-1], 1)}


def slip_recall() -> dict[str, float]:
    """How much of the first twenty of the clean question the one with a slip finds in its first twenty."""
    shares, worst = [], []
    for clean, slip in slips():
        wanted = _top(clean)
        if wanted:
            shares.append(len(wanted & _top(slip)) / len(wanted))
            worst += [f"{clean} > {slip}"] if shares[-1] < 0.5 else []
    _print_some("less than half is found with a slip", worst)
    return {"slips asked": len(shares), "slip recall": sum(shares) / max(1, len(shares))}


def synonym_recall() -> dict[str, float]:
    """How many of the services that write the one way are found by asking the other."""
    shares, missed = [], []
    for asked, written in pairs():
        wanted = set(_writing(written))
        if wanted:
            shares.append(len(wanted & _all(asked)) / len(wanted))
            missed += [f"{asked} > {written}"] if shares[-1] < 1 else []
    _print_some("not all that write the second are found by the first", missed)
    return {"synonym pairs": len(shares), "synonym recall": sum(shares) / max(1, len(shares))}


def documents() -> Iterator[dict[str, Any]]:
    """An entry for each pair that writes the second, so that each is measured whatever else there is."""
    for number, (_, written) in enumerate(pairs()):
        yield {
            "id": str(uuid5(NAMESPACE_URL, f"golden/{number}")),
            "name": f"Golden meeting {number}",
            "description": f"We meet monthly and talk about {written} with others.",
            "organization": {"name": "Golden Meetings"},
        }


def _writing(phrase: str) -> list[UUID]:
    """The services whose public name or description has the phrase."""
    from django.db.models import Q

    from goldenthread.localoffer.models import PublicService

    whole = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)
    rows = PublicService.objects.filter(Q(name__icontains=phrase) | Q(description__icontains=phrase))
    return [
        key
        for key, *texts in rows.values_list("id", "name", "description")
        if any(whole.search(text) for text in texts)
    ]


def _top(text: str) -> set[UUID]:
    from goldenthread.localoffer.search.asking import Asked
    from goldenthread.localoffer.search.finding import find

    return {hit.id for hit in find(Asked(text=text, per_page=TOP)).hits}


def _all(text: str) -> set[UUID]:
    from goldenthread.localoffer.search.asking import Asked
    from goldenthread.localoffer.search.finding import keys

    return {*keys(Asked(text=text)), *keys(Asked(text=text, group="national"))}


def _print_some(told: str, cases: list[str]) -> None:
    if cases:
        print(f"  {told}: {'; '.join(cases[:12])}{' …' if len(cases) > 12 else ''}", flush=True)
