"""The settings that a return names: found in the register, or added as not yet known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from goldenthread.core.actors import Actor
from goldenthread.people.actions import ensure_settings
from goldenthread.people.queries.settings import SettingRef
from goldenthread.returns.mapping import Places
from goldenthread.returns.sen2.records import PersonRecord, SettingRecord


class Settings:
    """Keys of settings, kept for the length of a load: a county has hundreds, England 30,000."""

    def __init__(self, by: Actor) -> None:
        self._by = by
        self._urns: dict[str, UUID] = {}
        self._ukprns: dict[str, UUID] = {}

    def places(self, people: Iterable[PersonRecord]) -> Places:
        """Where every setting named by these people is kept."""
        new: set[SettingRef] = set()
        for record in _named(people):
            if record.urn and record.urn not in self._urns:
                new.add(SettingRef(urn=record.urn))
            elif record.ukprn and not record.urn and record.ukprn not in self._ukprns:
                new.add(SettingRef(ukprn=record.ukprn))
        if new:
            for ref, setting in ensure_settings(by=self._by, refs=sorted(new, key=str)).items():
                if ref.urn:
                    self._urns[ref.urn] = setting.pk
                else:
                    self._ukprns[ref.ukprn] = setting.pk
        return Places(self._urns, self._ukprns)


def _named(people: Iterable[PersonRecord]) -> Iterator[SettingRecord]:
    for person in people:
        for request in person.requests:
            if request.active_plan:
                yield from request.active_plan.placements
            if request.assessment and request.assessment.named_plan:
                yield from request.assessment.named_plan.details
