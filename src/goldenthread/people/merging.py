"""How rooms above say which of their rows belong to a person: a merge moves them, and can move them back."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db import models


@dataclass(frozen=True, slots=True)
class Holding:
    """A foreign key to Person in another room; `noun` says what its rows are, for one and for several."""

    model_label: str
    field: str
    noun: tuple[str, str]

    @property
    def model(self) -> type[models.Model]:
        """The model itself."""
        return apps.get_model(self.model_label)

    def words(self, count: int) -> str:
        """`1 case`, `3 cases`."""
        return f"{count} {self.noun[0] if count == 1 else self.noun[1]}"


_holdings: list[Holding] = []


def register(model_label: str, field: str = "person", noun: tuple[str, str] | None = None) -> None:
    """Rows of `model_label` (such as "casework.Case") go with their person when records are merged."""
    name = model_label.split(".")[1].lower()
    holding = Holding(model_label, field, noun or (name, f"{name}s"))
    if all((known.model_label, known.field) != (model_label, field) for known in _holdings):
        _holdings.append(holding)


def holdings() -> list[Holding]:
    """Every registered foreign key."""
    return list(_holdings)
