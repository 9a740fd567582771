"""The count tables of the DSG management plan, in whole numbers whose totals all agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from goldenthread.forecast.space import CATEGORIES, Floats, Ints, Space
from goldenthread.forecast.tied import tie_counts
from goldenthread.planning.exports.material import Material
from goldenthread.planning.summary import Summary

BY_AGE: Final = "Number of EHCPs by age group"
BY_NEED: Final = "Number of EHCPs by primary need"
TOTALS: Final = {BY_AGE: "Total number by Age Group", BY_NEED: "Total number of EHCPs by primary need"}
# Whole years at the 31 August before; those younger than the first and older than the last belong to them.
AGES: Final[dict[str, int]] = {
    "Under 5": 4,
    "Age 5 to 10": 10,
    "Age 11 to 15": 15,
    "Age 16 to 19": 19,
    "Age 20 to 25": 25,
}
NEEDS: Final[dict[str, str]] = {
    "ASD": "Autistic Spectrum Disorder",
    "HI": "Hearing Impairment",
    "MLD": "Moderate Learning Difficulty",
    "MSI": "Multi-Sensory Impairment",
    "PD": "Physical Disability",
    "PMLD": "Profound & Multiple Learning Difficulty",
    "SEMH": "Social, Emotional and Mental Health",
    "SLCN": "Speech, Language and Communications needs",
    "SLD": "Severe Learning Difficulty",
    "SPLD": "Specific Learning Difficulty",
    "VI": "Visual Impairment",
    "OTH": "Other Difficulty/Disability",
    "NK": "SEN support but no specialist assessment of type of need",
}
# The form of this tab has no rows for those under 16.
POST_16: Final = "P16FE"
_FIRST_POST_16: Final = list(AGES).index("Age 16 to 19")


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A cell that the tie moved from the nearest whole number."""

    sheet: str
    breakdown: str
    row: str
    year: int
    mean: float
    published: int


@dataclass(frozen=True, slots=True)
class Counts:
    """One forecast's counts: categories K (CATEGORIES), age groups G, needs N, census years Y."""

    years: tuple[int, ...]
    actual: tuple[bool, ...]
    needs: tuple[str, ...]  # the row labels
    age_means: Floats  # (Y, K, G)
    need_means: Floats  # (Y, K, N)
    by_age: Ints  # (Y, K, G)
    by_need: Ints  # (Y, K, N)
    moved_up: Floats  # (Y,) under 16 in post-16 placements, counted in the row Age 16 to 19

    def totals(self) -> Ints:
        """Plans by census and category: (Y, K)."""
        totals: Ints = self.by_age.sum(axis=2)
        return totals

    def age_rows(self, code: str) -> list[int]:
        """Which age groups a category's tab has."""
        return list(range(_FIRST_POST_16 if code == POST_16 else 0, len(AGES)))

    def adjusted(self) -> Iterator[Adjusted]:
        """Every cell that is not the nearest whole number of its mean."""
        parts = ((BY_AGE, list(AGES), self.age_means, self.by_age),
                 (BY_NEED, self.needs, self.need_means, self.by_need))  # fmt: skip
        for breakdown, rows, means, whole in parts:
            for y, k, n in np.argwhere(np.abs(whole - means) > 0.5 + 1e-6):
                sheet = list(CATEGORIES)[k]
                mean, published = float(means[y, k, n]), int(whole[y, k, n])
                yield Adjusted(sheet, breakdown, rows[n], self.years[y], mean, published)


def need_labels(space: Space) -> tuple[str, ...]:
    """The thirteen rows of the form, then any need of the space that it has no row for, by its code."""
    return (*NEEDS.values(), *(code for code in space.needs if code not in NEEDS))


def counts_of(summary: Summary, material: Material) -> Counts:
    """A forecast's count tables, past censuses first. All totals of a year agree: see `forecast.tied`."""
    past = [material.before[year][None].astype(float) for year in sorted(material.before)]
    stock = np.concatenate([*past, summary.mean_stock])
    grouped = _grouped(stock, summary.space)
    young = grouped[:, list(CATEGORIES).index(POST_16), :_FIRST_POST_16]
    moved_up = young.sum(axis=(1, 2))
    _lift(grouped)
    tied = [tie_counts(year) for year in grouped]
    return Counts(
        years=(*sorted(material.before), *summary.years),
        actual=(*(True for _ in past), *(at == 0 for at in range(len(summary.years)))),
        needs=need_labels(summary.space),
        age_means=grouped.sum(axis=3),
        need_means=grouped.sum(axis=2),
        by_age=np.stack([one.first for one in tied]),
        by_need=np.stack([one.second for one in tied]),
        moved_up=moved_up,
    )


def _grouped(stock: Floats, space: Space) -> Floats:
    """Stock (Y, A, N, P) by category, age group and need row: (Y, K, G, N)."""
    labels = need_labels(space)
    group = np.searchsorted(list(AGES.values())[:-1], space.ages)
    row = [labels.index(NEEDS.get(code, code)) for code in space.needs]
    grouped = np.zeros((len(stock), len(CATEGORIES), len(AGES), len(labels)))
    at = np.ix_(np.arange(len(stock)), group, np.array(row), space.category_index())
    years, ages, needs, categories = np.broadcast_arrays(*at)
    np.add.at(grouped, (years, categories, ages, needs), stock)
    return grouped


def _lift(grouped: Floats) -> None:
    """Put those under 16 in post-16 placements into the first row that the form has for them."""
    tab = grouped[:, list(CATEGORIES).index(POST_16)]
    tab[:, _FIRST_POST_16] += tab[:, :_FIRST_POST_16].sum(axis=1)
    tab[:, :_FIRST_POST_16] = 0.0
