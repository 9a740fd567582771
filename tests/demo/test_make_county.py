"""`manage make_county`: a whole county or nothing, and only where nobody real can be."""

from __future__ import annotations

import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q

from goldenthread.casework.models import Advice, Case, SettingConsultation
from goldenthread.core import audit, clock
from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry, SiteState, User
from goldenthread.core.roles import Role
from goldenthread.demo import actions, state
from goldenthread.demo.county import CENSUS_DAY, count_people, make_people
from goldenthread.demo.progress import Bar
from goldenthread.people.models import Adviser, Contact, Person, Relationship, Setting, StaffProfile
from goldenthread.returns.sen2.read import open_return
from tests.factories.people import person

PLANS = 120


def make(**options: Any) -> str:
    out = StringIO()
    call_command("make_county", **{"plans": PLANS, "yes": True, "stdout": out, **options})
    return out.getvalue()


@pytest.mark.django_db
def test_a_county_has_everybody_and_their_work() -> None:
    said = make()
    people = Person.objects.count()
    assert people == count_people(PLANS, 1) == sum(1 for _ in make_people(PLANS, 1))
    assert f"{people} people" in said
    assert Contact.objects.count() >= people
    assert (
        Relationship.objects.filter(parental_responsibility=True).values("person").distinct().count()
        >= people
    )
    assert Adviser.objects.filter(user__isnull=False).count() == 1
    assert Advice.objects.exists()
    assert SettingConsultation.objects.exists()
    assert not Setting.objects.filter(known=False).exists()
    assert Case.objects.filter(caseworker=None).count() < 10
    assert StaffProfile.objects.filter(user__role=Role.PLAN_COORDINATOR).count() == 2
    assert list(audit.verify()) == []
    # In bulk: no line a case. What people say and pages of guidance go through their actions, one by one.
    one_by_one = Q(object_type__startswith="consultations.") | Q(object_type__startswith="localoffer.")
    assert AuditEntry.objects.exclude(one_by_one).count() < 30


@pytest.mark.django_db
def test_nobody_of_the_county_has_a_password_or_an_address_that_works() -> None:
    make()
    assert User.objects.exists()
    for user in User.objects.all():
        assert not user.has_usable_password()
        assert user.email.endswith(".example.org")


@pytest.mark.django_db
def test_the_site_stands_at_the_census_and_remembers_the_county(settings: Any) -> None:
    settings.DEMONSTRATION = True
    make(seed=3)
    assert clock.today() == CENSUS_DAY
    kept = state.kept()
    assert kept is not None
    assert (kept.plans, kept.seed, kept.people) == (PLANS, 3, Person.objects.count())
    assert {one["role"] for one in kept.personas} == set(Role)
    assert User.objects.filter(pk__in=[one["user"] for one in kept.personas]).count() == len(kept.personas)
    clock.forget()


@pytest.mark.django_db
def test_a_database_with_people_in_it_is_left_alone() -> None:
    person()
    with pytest.raises(CommandError, match="There are people in this database already"):
        make()
    assert not User.objects.exists()
    assert not Setting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_county_that_fails_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.make_county(plans=PLANS, seed=1, by=System.DEMONSTRATION, tell=stop)
    for model in (Person, User, Setting, Case, AuditEntry, SiteState):
        assert not model._default_manager.exists(), model


@pytest.mark.django_db
def test_it_is_not_made_where_the_site_is_not_a_demonstration(settings: Any) -> None:
    with pytest.raises(CommandError, match="Demonstration mode is off"):
        make(yes=False)
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        make()
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"plans": 0}, "at least one plan"),
        ({"plans": 4_000_000}, "unused URNs"),
        ({"only_file": True}, "Name a file"),
        ({"sen2_year": 2023}, "--sen2 FILE"),
        ({"sen2_year": 2019, "sen2": Path("x.xml")}, "2023 to 2024"),
        ({"sen2": Path("no/such/folder/x.xml")}, "There is no folder"),
    ],
)
def test_what_cannot_be_made_is_said_before_any_work(options: dict[str, Any], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        make(**options)


def test_a_file_alone_touches_no_database(tmp_path: Path) -> None:
    path = tmp_path / "county.xml"
    said = make(only_file=True, sen2=path, gias=tmp_path / "settings.csv")
    assert "people are in" in said
    with open_return(path) as reading:
        assert reading.header.la_code == "999"
        assert sum(1 for one, _ in reading if one is not None) == count_people(PLANS, 1)
    assert [one.name for one in sorted(tmp_path.iterdir())] == ["county.xml", "settings.csv"]


@pytest.mark.parametrize("year", [2023, 2024])
@pytest.mark.parametrize("name", ["county.xml", "county.zip"])
def test_the_return_of_one_year_keeps_the_rules_of_that_year(tmp_path: Path, name: str, year: int) -> None:
    path = tmp_path / name
    make(only_file=True, sen2=path, sen2_year=year)
    assert zipfile.is_zipfile(path) == name.endswith(".zip")
    with open_return(path) as reading:
        errors = [one for _, found in reading for one in found if one.severity == "error"]
        assert [*errors, *(one for one in reading.file_issues if one.severity == "error")] == []


def test_progress_is_a_line_for_every_tenth_where_there_is_no_terminal() -> None:
    out = StringIO()
    bar = Bar(out, "people")
    for done in range(0, 1001, 10):
        bar.at(done, 1000)
    bar.end()
    lines = out.getvalue().splitlines()
    assert len(lines) == 11
    assert lines[-1].split() == ["100%", "1,000", "of", "1,000", "people"]


def test_progress_on_a_terminal_stays_on_one_line() -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    bar = Bar(out, "people")
    bar.at(500, 1000)
    assert out.getvalue().startswith("\r[###############...............]  50%")
    assert "\n" not in out.getvalue()
    bar.end()
    assert out.getvalue().endswith("\n")
