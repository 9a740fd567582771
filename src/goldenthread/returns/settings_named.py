"""The settings that a return names: found in the register, or added as not yet known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from goldenthread.core.actors import Actor
from goldenthread.people.actions import ensure_settings
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
        urns: set[str] = set()
        ukprns: set[str] = set()
        for record in _named(people):
            if record.urn:
                urns.add(record.urn)
            elif record.ukprn:
                ukprns.add(record.ukprn)
        new_urns, new_ukprns = urns - self._urns.keys(), ukprns - self._ukprns.keys()
        if new_urns or new_ukprns:
            found = ensure_settings(urns=new_urns, ukprns=new_ukprns, by=self._by)
            self._urns |= found.by_urn
            self._ukprns |= found.by_ukprn
        return Places(self._urns, self._ukprns)


def _named(people: Iterable[PersonRecord]) -> Iterator[SettingRecord]:
    for person in people:
        for request in person.requests:
            if request.active_plan:
                yield from request.active_plan.placements
            if request.assessment and request.assessment.named_plan:
                yield from request.assessment.named_plan.details
