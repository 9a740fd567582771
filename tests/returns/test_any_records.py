"""Whatever a return holds, each person is kept or reported, and the database never has to refuse a row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from goldenthread.casework.models import Case
from goldenthread.people.models import Person
from goldenthread.placements.models import Placement
from goldenthread.returns.models import ImportState
from goldenthread.returns.sen2.write_blades import write_blades
from tests.returns.conftest import dump, load_file
from tests.returns.sen2.builders import HEADER, date
from tests.returns.sen2.strategies import PERSONS

# Few names and numbers, so that people meet each other.
NAMES = st.sampled_from(["Ash", "Birch", "Rowan", "Élan", "X" * 200])
WHO = st.fixed_dictionaries(
    {
        "surname": NAMES,
        "forename": NAMES,
        "birth_date": st.sampled_from([date(2010, 1, 1), date(2015, 6, 30)]),
        "upn": st.sampled_from([None, "A999000000011", "B999000000021", "C9990000000318888"]),
        "uln": st.sampled_from([None, "1000000001", "1000000002"]),
        "ethnicity": st.sampled_from([None, "WBRI", "WHAT?"]),
        "postcode": st.sampled_from([None, "ZZ1 1ZZ", "NO POSTCODE AT ALL"]),
    }
)


@st.composite
def people(draw: Any) -> list[Any]:
    found = draw(st.lists(PERSONS, min_size=1, max_size=5))
    for person in found:
        for name, value in draw(WHO).items():
            setattr(person, name, value)
    return found


class AnyRecords(TestCase):
    """Each example in a transaction of its own."""

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(files=st.lists(people(), min_size=1, max_size=3))
    def test_people_are_kept_or_reported(self, files: list[list[Any]]) -> None:
        for number, file in enumerate(files):
            path = self.folder / f"{number}.zip"
            write_blades(path, HEADER, file, exported_on=date(2027, 2, 1))
            before = [set(model.objects.values_list("pk", flat=True)) for model in (Person, Case, Placement)]
            run = load_file(path)
            assert run.state == ImportState.LOADED, run.message
            told = run.counts
            assert told.get("people kept", 0) + told.get("people refused", 0) == len(file)
            refused = set(run.issues.filter(kept=False).values_list("field", flat=True))
            assert len({field.split(" ")[1] for field in refused}) == told.get("people refused", 0)
            after = [set(model.objects.values_list("pk", flat=True)) for model in (Person, Case, Placement)]
            assert all(old <= new for old, new in zip(before, after, strict=True))
            still = dump()
            load_file(path)
            assert dump() == still
