"""Our own map of places, drawn on the server: numbered pins, the towns' names, a scale. No tiles, no script.

It shows nothing that the list beside it does not say in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from goldenthread.localoffer.grid import to_grid
from goldenthread.localoffer.presenters.public.listing import Item
from goldenthread.localoffer.search.answers import Hit
from goldenthread.localoffer.search.asking import Point

WIDTH: Final = 340
_TALLEST, _LOWEST = 420, 240
_MARGIN: Final = 34
_LEAST_METRES: Final = 1_500
_TOUCH: Final = 26
_MILE: Final = 1609.344
_SCALES: Final = (0.25, 0.5, 1, 2, 5, 10, 20, 50, 100)
_MOST_TOWNS: Final = 8


@dataclass(frozen=True, slots=True)
class Pin:
    """A pin with the numbers of the services there; `href` leads to the first in the list."""

    x: float
    y: float
    text: str
    width: float
    href: str


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a town."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map of `width` by `height`. `scale` is the length of the bar that stands for `scale_words`."""

    width: int
    height: int
    pins: tuple[Pin, ...]
    towns: tuple[Label, ...]
    scale: float
    scale_words: str
    here: tuple[float, float] | None
    grid: tuple[tuple[float, float, float, float], ...]

    @property
    def has_heaps(self) -> bool:
        """Whether a pin stands for more places than it can name."""
        return any("+" in pin.text for pin in self.pins)


@dataclass(frozen=True, slots=True)
class Spot:
    """A numbered place in metres of the National Grid."""

    number: int
    east: int
    north: int
    town: str
    href: str


def map_of(hits: Sequence[Hit], items: Sequence[Item], point: Point | None) -> Drawing | None:
    """The map of a page of results; None where none of them has a place."""
    spots = []
    for hit, item in zip(hits, items, strict=True):
        if item.number is not None and hit.place and hit.place.lat is not None and hit.place.lng is not None:
            grid = to_grid(hit.place.lat, hit.place.lng)
            if grid:
                spots.append(Spot(item.number, *grid, hit.place.town, f"#service-{item.number}"))
    return draw(spots, point)


def draw(spots: Sequence[Spot], point: Point | None = None) -> Drawing | None:
    """The map of these places, and of the point from which one looks."""
    if not spots:
        return None
    easts = [spot.east for spot in spots] + ([point[0]] if point else [])
    norths = [spot.north for spot in spots] + ([point[1]] if point else [])
    frame = _Frame.of(easts, norths)
    length, said = frame.scale()
    return Drawing(
        WIDTH,
        frame.height,
        tuple(_pins([(*frame.at(spot.east, spot.north), spot) for spot in spots])),
        tuple(_towns(spots, frame)),
        length,
        said,
        frame.at(*point) if point else None,
        tuple(frame.lines()),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """From metres to the picture: `unit` is metres to one of its points."""

    west: float
    top: float
    unit: float
    height: int

    @classmethod
    def of(cls, easts: Sequence[float], norths: Sequence[float]) -> _Frame:
        across = max(max(easts) - min(easts), _LEAST_METRES)
        along = max(max(norths) - min(norths), _LEAST_METRES)
        inside = WIDTH - 2 * _MARGIN
        height = min(_TALLEST, max(_LOWEST, round(along / across * inside) + 2 * _MARGIN))
        unit = max(across / inside, along / (height - 2 * _MARGIN))
        middle = (max(easts) + min(easts)) / 2, (max(norths) + min(norths)) / 2
        return cls(middle[0] - unit * WIDTH / 2, middle[1] + unit * height / 2, unit, height)

    def at(self, east: float, north: float) -> tuple[float, float]:
        return round((east - self.west) / self.unit, 1), round((self.top - north) / self.unit, 1)

    def scale(self) -> tuple[float, str]:
        """The longest bar of a round number of miles that takes up to a third of the width."""
        fitting = [miles for miles in _SCALES if miles * _MILE / self.unit <= WIDTH / 3] or [_SCALES[0]]
        miles = fitting[-1]
        return round(miles * _MILE / self.unit, 1), f"{miles:g} mile{'' if miles <= 1 else 's'}"

    def lines(self) -> list[tuple[float, float, float, float]]:
        """Faint lines as far apart as the scale's bar, so that distances can be judged anywhere."""
        step, _ = self.scale()
        across = [
            (round(x * step, 1), 0.0, round(x * step, 1), float(self.height))
            for x in range(1, int(WIDTH / step) + 1)
        ]
        down = [
            (0.0, round(y * step, 1), float(WIDTH), round(y * step, 1))
            for y in range(1, int(self.height / step) + 1)
        ]
        return across + down


def _pins(placed: Sequence[tuple[float, float, Spot]]) -> list[Pin]:
    """Pins; places that would lie on each other share one."""
    heaps: list[list[tuple[float, float, Spot]]] = []
    for one in placed:
        near = next((heap for heap in heaps if _touch(heap[0], one)), None)
        if near is None:
            heaps.append([one])
        else:
            near.append(one)
    # Those further down the picture lie on top.
    heaps.sort(key=lambda heap: heap[0][1])
    return [_pin(heap) for heap in heaps]


def _touch(one: tuple[float, float, Spot], other: tuple[float, float, Spot]) -> bool:
    return abs(one[0] - other[0]) < _TOUCH and abs(one[1] - other[1]) < _TOUCH


def _pin(heap: Sequence[tuple[float, float, Spot]]) -> Pin:
    numbers = [spot.number for _, _, spot in heap]
    if len(numbers) <= 2:
        text = ", ".join(str(number) for number in numbers)
    else:
        text = f"{numbers[0]} +{len(numbers) - 1}"
    width = max(24, 11 + 7.5 * len(text))
    x = min(max(heap[0][0], width / 2 + 2), WIDTH - width / 2 - 2)
    return Pin(round(x, 1), heap[0][1], text, width, heap[0][2].href)


def _towns(spots: Sequence[Spot], frame: _Frame) -> list[Label]:
    """The names of the towns with the most places, each under its places; none over another."""
    held: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        if spot.town:
            held[spot.town].append(spot)
    found: list[Label] = []
    for town, some in sorted(held.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:_MOST_TOWNS]:
        x, y = frame.at(sum(s.east for s in some) / len(some), min(s.north for s in some))
        # Under its lowest pin; over it where the picture ends.
        below = y + 26 if y + 30 < frame.height else y - 18
        half = len(town) * 3.6 + 4
        label = Label(round(min(max(x, half), WIDTH - half), 1), round(below, 1), town)
        if all(
            abs(label.y - one.y) > 15 or abs(label.x - one.x) > half + len(one.text) * 3.6 for one in found
        ):
            found.append(label)
    return found
