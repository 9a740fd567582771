"""Reads of input versions: what is there, what is missing and what is assumed in its place."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotFound
from goldenthread.planning import permissions
from goldenthread.planning.enums import InputKind
from goldenthread.planning.models import InputVersion

# What a forecast does without an input of a kind, in plain words.
WITHOUT = {
    InputKind.POPULATION: "The same number of children and young people of every age, every year.",
    InputKind.PRICES: "Unit costs worked out from one council's published budget for 2021-22.",
    InputKind.BLOCK: "The published allocation of one council for 2023-24, raised by 3% a year.",
    InputKind.CAPACITY: "No limit on places: nobody is sent elsewhere for want of a place.",
    InputKind.BUDGET: "No budget by line: actual spending is shown without a plan beside it.",
    InputKind.DFE: "No other councils to learn from: the forecast leans on this council's records alone.",
}
# Without these a forecast says less than it should; the others can be left out.
WANTED = (InputKind.POPULATION, InputKind.PRICES, InputKind.BLOCK, InputKind.CAPACITY, InputKind.DFE)


@dataclass(frozen=True, slots=True)
class InputState:
    """How things stand with one kind of input."""

    kind: InputKind
    version: InputVersion | None  # in force
    older: int  # versions before it
    wanted: bool  # a forecast says less without it
    assumption: str  # what is assumed where there is none, or where the version is a stand-in

    @property
    def missing(self) -> bool:
        """Whether nothing was given."""
        return self.version is None


def inputs_state(by: Actor) -> list[InputState]:
    """Each kind of input, in order: what is there, what is missing, what is assumed. Raises NotPermitted."""
    permissions.check_can_view(by)
    found: dict[str, list[InputVersion]] = {}
    for version in _light().order_by("kind", "-number"):
        found.setdefault(version.kind, []).append(version)
    return [_state(kind, found.get(kind, [])) for kind in InputKind]


def _state(kind: InputKind, versions: list[InputVersion]) -> InputState:
    latest = versions[0] if versions else None
    assumption = (
        WITHOUT[kind] if latest is None else ("A stand-in: see its source." if latest.assumed else "")
    )
    return InputState(kind, latest, max(0, len(versions) - 1), kind in WANTED, assumption)


def input_versions(by: Actor, kind: InputKind) -> QuerySet[InputVersion]:
    """Every version of a kind, the newest first, without their rows. Raises NotPermitted."""
    permissions.check_can_view(by)
    return _light().filter(kind=kind).order_by("-number")


def input_version(by: Actor, version_id: UUID) -> InputVersion:
    """One version. Raises NotPermitted or NotFound."""
    permissions.check_can_view(by)
    found = InputVersion.objects.filter(pk=version_id).first()
    if found is None:
        raise NotFound("There is no such version.", "Go back to the list of inputs.")
    return found


def in_force() -> dict[InputKind, InputVersion]:
    """The newest version of each kind, with its rows."""
    found = {kind: newest(kind) for kind in InputKind}
    return {kind: version for kind, version in found.items() if version is not None}


def newest(kind: InputKind) -> InputVersion | None:
    """The version of a kind that is in force, with its rows; None where none was given."""
    return InputVersion.objects.filter(kind=kind).order_by("-number").first()


def rows_of(version: InputVersion) -> Any:
    """What was read from the file of a version: plain lists and dicts, as its reader gave them."""
    return json.loads(gzip.decompress(bytes(version.content)))


def next_number(kind: InputKind) -> int:
    """The number that the next version of a kind gets."""
    numbers = InputVersion.objects.filter(kind=kind).order_by("-number").values_list("number", flat=True)
    return (numbers.first() or 0) + 1


def _light() -> QuerySet[InputVersion]:
    return InputVersion.objects.defer("content")
