"""What a backtest found, as data to keep, to ship with the site and to show beside a forecast."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any, Final

from goldenthread.forecast.scores import Scores
from goldenthread.forecast.space import CATEGORIES

MODEL: Final = "model"
TOTAL: Final = "total"
NAMES: Final = (TOTAL, *CATEGORIES)  # what is forecast, in the order of the backtest's arrays


@dataclass(frozen=True, slots=True)
class Row:
    """The scores of one rule for a horizon in years and one of NAMES, over the origins that have outcomes."""

    rule: str
    horizon: int
    category: str
    origins: tuple[int, ...]
    scores: Scores


@dataclass(frozen=True, slots=True)
class Record:
    """The scores of a backtest. `councils` is how many were scored; `made_on` the day, year-month-day."""

    origins: tuple[int, ...]
    horizons: tuple[int, ...]
    seed: int
    simulations: int
    last_year: int
    councils: int
    rows: tuple[Row, ...]
    made_on: str = ""

    def row(self, rule: str, horizon: int, category: str = TOTAL) -> Row:
        """Return one rule's scores. Raises KeyError if there are none."""
        for row in self.rows:
            if (row.rule, row.horizon, row.category) == (rule, horizon, category):
                return row
        raise KeyError(f"No scores of {rule} {horizon} years ahead for {category}.")

    def best_naive(self, horizon: int, category: str = TOTAL, by: str = "wape") -> Row:
        """Return the naive rule that is best `by` one of the scores. Raises KeyError if there are none."""
        rows = [r for r in self.rows if r.horizon == horizon and r.category == category and r.rule != MODEL]
        if not rows:
            raise KeyError(f"No naive scores {horizon} years ahead for {category}.")
        return min(rows, key=lambda row: float(getattr(row.scores, by)))

    def compared(self) -> list[dict[str, Any]]:
        """The model beside the naive rule that was best, for each horizon and category that has outcomes."""
        lines = []
        for mine in (row for row in self.rows if row.rule == MODEL):
            line: dict[str, Any] = {"horizon": mine.horizon, "category": mine.category, "n": mine.scores.n}
            for by in ("mape", "wape", "crps"):
                best = self.best_naive(mine.horizon, mine.category, by)
                own, other = float(getattr(mine.scores, by)), float(getattr(best.scores, by))
                line |= {by: round(own, 4), f"best_naive_{by}": round(other, 4), f"{by}_better": own < other}
            lines.append(line)
        return lines

    def as_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "made_on": self.made_on,
            "data_to_january": self.last_year,
            "origins": list(self.origins),
            "horizons": list(self.horizons),
            "seed": self.seed,
            "simulations": self.simulations,
            "councils": self.councils,
            "rows": [
                {"rule": r.rule, "horizon": r.horizon, "category": r.category, "origins": list(r.origins)}
                | r.scores.as_dict()
                for r in self.rows
            ],
        }


def record_of(content: dict[str, Any]) -> Record:
    """Return the record that `as_dict` gave. Raises KeyError or TypeError if it is another thing."""
    names = [field.name for field in fields(Scores)]
    rows = tuple(
        Row(
            rule=one["rule"],
            horizon=one["horizon"],
            category=one["category"],
            origins=tuple(one["origins"]),
            scores=Scores(**{name: one[name] for name in names}),
        )
        for one in content["rows"]
    )
    return Record(
        origins=tuple(content["origins"]),
        horizons=tuple(content["horizons"]),
        seed=content["seed"],
        simulations=content["simulations"],
        last_year=content["data_to_january"],
        councils=content["councils"],
        rows=rows,
        made_on=content["made_on"],
    )


@cache
def published_record() -> Record:
    """How well the model did on every English council, as measured when this version was made."""
    text = resources.files("goldenthread.forecast").joinpath("data/backtest.json").read_text(encoding="utf-8")
    return record_of(json.loads(text))
