"""What a run did that its reader should know, in plain words: the notes of a result."""

from __future__ import annotations

from collections import Counter

import numpy as np

from goldenthread.forecast.engine import Block, Prepared

_TOLD = {
    "ended beyond the rates": (
        "In {count} of {all} simulated years the outlook has fewer plans than would stay: "
        "the rest end, evenly."
    ),
    "mix not reached": (
        "In {count} of {all} simulated years the shares of placements that the outlook has could not be "
        "reached by those who arrive alone; they came as near as arrivals allow."
    ),
    "leaving made certain": (
        "The scenario's factor takes the chance of leaving past one in {count} draws of a cell and year; "
        "there everybody leaves."
    ),
}


def notes_of(prepared: Prepared, blocks: list[Block]) -> tuple[str, ...]:
    """Return the notes of inputs and rates, and what the blocks have counted."""
    counted = Counter[str]()
    for block in blocks:
        counted.update(block.tally)
    years = sum(block.joiners.size for block in blocks)
    told = [_TOLD[name].format(count=count, all=years) for name, count in sorted(counted.items()) if count]
    return (
        *prepared.inputs.notes,
        *prepared.rates.notes,
        *prepared.rates.joining.notes,
        *_over_full(prepared),
        *told,
    )


def _over_full(prepared: Prepared) -> list[str]:
    """Placements with more children at the base than places: nobody is sent away, nobody new gets in."""
    if prepared.edited_limits is None:
        return []
    inputs = prepared.inputs
    heads = inputs.stock.sum(axis=(0, 1))
    places = prepared.edited_limits.places[0]
    return [
        f"{inputs.space.placements[place].title} has {heads[place]} plans in {inputs.base_year} "
        f"and {places[place]:g} places: nobody has to leave, and newcomers go elsewhere until there is room."
        for place in np.flatnonzero(heads > np.where(np.isnan(places), np.inf, places))
    ]
