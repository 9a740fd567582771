"""The state space: single years of age by primary need by placement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# DfE's seven groups of the DSG management plan, with their sheet titles.
# Source: docs/decisions on the export; DfE education benchmarking data pipeline; checked on 149 councils.
CATEGORIES: Final[dict[str, str]] = {
    "MmSoA": "Mainstream schools or academies placements",
    "RPSEN": "Resourced provision or SEN Units placements",
    "MdSSA": "Maintained special schools or special academies placements",
    "NMISS": "Non-maintained special schools or independent (NMSS or independent) placements",
    "HspAP": "Hospital schools or alternative provision (AP) placements",
    "P16FE": "Post 16 and further education (FE) placements",
    "OTHER": "Other placements or direct payments",
}


@dataclass(frozen=True, slots=True)
class Placement:
    """A kind of place: `category` is one of CATEGORIES; ages are whole years at the 31 August before."""

    code: str
    title: str
    category: str
    first_age: int = 0
    last_age: int = 25


# The placements that every council has, in the order of the DSG tabs.
PLACEMENTS: Final[tuple[Placement, ...]] = (
    Placement("early_years", "Early years setting", "OTHER", 0, 5),
    Placement("mainstream", "Mainstream school", "MmSoA", 3, 20),
    Placement("resourced", "Resourced provision or SEN unit", "RPSEN", 3, 20),
    Placement("special", "State-funded special school", "MdSSA", 2, 20),
    Placement("independent", "Independent or non-maintained special school", "NMISS", 2, 25),
    Placement("ap_hospital", "Alternative provision or hospital school", "HspAP", 4, 20),
    Placement("further_education", "Further education college", "P16FE", 14, 25),
    Placement("specialist_post_16", "Specialist post-16 institution", "P16FE", 15, 25),
    Placement("elsewhere", "Educated elsewhere or not known", "OTHER", 0, 25),
)

# SEN2 primary need codes (2025), in the order of the DSG count tables.
NEEDS: Final[tuple[str, ...]] = (
    "ASD", "HI", "MLD", "MSI", "PD", "PMLD", "SEMH", "SLCN", "SLD", "SPLD", "VI", "OTH", "NK",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Space:
    """The axes A, N and P of every array of stock. `ages` are whole years at 31 August, in order."""

    ages: tuple[int, ...] = tuple(range(26))
    needs: tuple[str, ...] = NEEDS
    placements: tuple[Placement, ...] = PLACEMENTS
    allowed: Bools = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raise ValueError for ages that do not follow each other, or a name that is there twice."""
        if list(self.ages) != list(range(self.ages[0], self.ages[0] + len(self.ages))):
            raise ValueError("The ages of a state space must follow each other, one year apart.")
        codes = [place.code for place in self.placements]
        for names in (list(self.needs), codes):
            if len(set(names)) != len(names):
                raise ValueError(f"A name is there twice in the state space: {', '.join(names)}.")
        table = [[place.first_age <= age <= place.last_age for place in self.placements] for age in self.ages]
        object.__setattr__(self, "allowed", np.array(table, dtype=np.bool_))

    @property
    def shape(self) -> tuple[int, int, int]:
        """(A, N, P)."""
        return len(self.ages), len(self.needs), len(self.placements)

    def category_index(self) -> Ints:
        """For each placement (P) the place of its category in CATEGORIES."""
        order = list(CATEGORIES)
        return np.array([order.index(place.category) for place in self.placements], dtype=np.int64)
