"""What entries say: openings of their sort, sentences of their kind, in the words that people use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from goldenthread.demo.localoffer.chance import Chance
from goldenthread.demo.localoffer.offers import Offer, banks
from goldenthread.localoffer.enums import Question

_SHORT = ("Please ring for details.", "Details to follow.", "See our website.")


def description(
    opening: str, offer: Offer, fields: dict[str, str], features: Iterable[str], chance: Chance
) -> str:
    """What the service does, from its opening on. A few entries say hardly anything, as in life."""
    opening = opening.format(**fields)
    if chance.happens(0.03):
        return f"{opening} {chance.one(_SHORT)}"
    happens = chance.some(banks()["happens"][offer.top], 2, 5)
    about = [banks()["features"][code] for code in chance.some(tuple(features), 0, 3)]
    first = " ".join([opening, *(one.format(**fields) for one in happens)])
    text = first + ("\n\n" + " ".join(about) if about else "")
    return swapped(text, chance)


def swapped(text: str, chance: Chance) -> str:
    """The text with some words in place of others that mean the same."""
    for one in banks()["swap"]:
        if one["words"] in text and chance.happens(0.3):
            text = text.replace(one["words"], chance.one(one["others"]))
    return text


def eligibility(offer: Offer, fields: dict[str, str], chance: Chance) -> str:
    """Who may have it."""
    bank = banks()["eligibility"]
    return str(chance.one(bank.get(offer.by, bank["short"])).format(**fields))


def how_to_get(refer: str, chance: Chance) -> str:
    """What to do first."""
    return str(chance.one(banks()["how_to_get"][refer]))


def cost(offer: Offer, chance: Chance) -> dict[str, Any]:
    """`fees` and `cost_options`: free ones say so with a price of nought, most others with a price."""
    bank = banks()["cost"][offer.cost]
    found: dict[str, Any] = {"fees": chance.one(bank["words"])}
    if offer.cost == "free":
        if chance.happens(0.6):
            found["cost_options"] = [{"id": chance.key(), "option": "Free", "amount": 0}]
    elif chance.happens(0.85):
        prices = [
            (option, chance.whole(2 * low, 2 * high) / 2) for option, low, high in bank.get("prices", ())
        ]
        prices += [(option, prices[0][1] * times) for option, times in bank.get("more", ())]
        found["cost_options"] = [
            {"id": chance.key(), "option": option, "amount": amount} for option, amount in prices
        ]
    return {name: value for name, value in found.items() if value}


def answers(chance: Chance, *, most: int = len(Question), least: int = 4) -> dict[str, str]:
    """Answers to the seven questions; some leave a few out."""
    bank = banks()["questions"]
    asked = chance.some(tuple(Question.values), least, most)
    return {code: swapped(chance.one(bank[code]), chance) for code in asked}
