"""The pages: give a file, see how far it is and what became of it, mend it, load it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goldenthread.core import worker
from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry
from goldenthread.core.panels import panels_for
from goldenthread.core.refusals import NotPermitted
from goldenthread.core.roles import Role
from goldenthread.people.actions import PersonUpdate, bulk_update_people
from goldenthread.people.models import Person
from goldenthread.returns import actions, jobs, presenters, queries, uploads
from goldenthread.returns.models import ImportRun, ImportState
from tests.factories.people import user as make_user
from tests.returns.bad_files import BAD
from tests.returns.conftest import AS_OF, Load, dump
from tests.returns.sen2 import builders as make

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def signed_in(role: Role) -> Client:
    user, client = make_user(role), Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["second_factor"] = str(user.pk)
    session.save()
    client.user = user  # type: ignore[attr-defined]
    return client


@pytest.fixture
def manager() -> Client:
    return signed_in(Role.MANAGER)


def give(client: Client, path: Path, what: str = "check", **more: Any) -> Any:
    upload = SimpleUploadedFile(path.name, path.read_bytes())
    given = {"file": upload, "as_of": AS_OF.isoformat(), "what": what, **more}
    return client.post(reverse("return_load"), given)


def run_jobs() -> None:
    worker.run(once=True)


def page(client: Client, name: str, run: ImportRun | None = None, query: str = "") -> str:
    answer = client.get(reverse(name, args=[run.pk] if run else []) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_every_state_has_a_tag() -> None:
    assert presenters.STATES.missing(list(ImportState)) == set()


def test_an_empty_list_says_what_the_return_is(manager: Client) -> None:
    words = page(manager, "returns")
    assert "No return has been loaded yet" in words
    assert "COLLECT" in words
    assert reverse("return_load") in words


@pytest.mark.django_db(transaction=True)
def test_check_then_mend_then_load(write: Any) -> None:
    manager = signed_in(Role.MANAGER)
    path = write(make.person(1), make.person(2, birth_date=make.date(1871, 1, 1)))
    answer = give(manager, path)
    run = ImportRun.objects.get()
    assert answer["Location"] == reverse("return_run", args=[run.pk])
    waiting = page(manager, "return_run", run)
    assert "Waiting to start" in waiting
    assert 'http-equiv="refresh"' in waiting
    assert "Nothing is running jobs" in waiting
    run_jobs()
    words = page(manager, "return_run", run)
    assert "Nothing was changed" in words
    assert "would be refused" in words
    assert "Load it now" in words
    assert not Person.objects.exists()
    issues = page(manager, "return_issues", run, "?code=V02")
    assert "1871-01-01" in issues
    report = b"".join(manager.get(reverse("return_report", args=[run.pk])).streaming_content).decode(
        "utf-8-sig"
    )  # type: ignore[attr-defined]
    assert AuditEntry.objects.filter(action="return.report_taken").count() == 1
    mended = "\n".join(
        line.rstrip("\r") + ("2011-01-01" if ",V02," in line else "") for line in report.split("\n")
    )
    corrections = SimpleUploadedFile("mended.csv", mended.encode())
    give(manager, path, "load", corrections=corrections)
    run_jobs()
    new = ImportRun.objects.latest("created_at")
    assert (new.state, new.counts["people added"], new.by_label) == (ImportState.LOADED, 2, manager.user.name)  # type: ignore[attr-defined]
    assert Person.objects.get(surname="Example2").birth_date == make.date(2011, 1, 1)
    assert "The file was loaded" in page(manager, "return_run", new)
    again = manager.post(reverse("return_load_checked", args=[run.pk]))
    assert again.status_code == 302
    run_jobs()
    last = ImportRun.objects.latest("created_at")
    assert last.counts["people unchanged"] == 1
    assert not list((Path(settings.MEDIA_ROOT) / "returns").glob(f"{last.pk}.*"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_whoever_may_load_can_load(write: Any, role: Role) -> None:
    client = signed_in(role)
    give(client, write(make.person(1)), "load")
    run_jobs()
    assert ImportRun.objects.get().state == ImportState.LOADED
    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_on_the_page(name: str, tmp_path: Path) -> None:
    manager, before = signed_in(Role.MANAGER), dump({*_RUNS, "core_user", "account_emailaddress"})
    suffix, content, words = BAD[name]
    path = tmp_path / f"bad{suffix}"
    path.write_bytes(content)
    answer = give(manager, path, "load")
    if answer.status_code == 422:  # an empty upload, told at once
        assert "empty" in answer.content.decode()
        return
    run_jobs()
    shown = page(manager, "return_run", ImportRun.objects.get())
    assert words.replace("<", "&lt;").replace(">", "&gt;") in shown
    assert "How to mend it" in shown
    assert dump({*_RUNS, "core_user", "account_emailaddress"}) == before


_RUNS = {
    "sqlite_stat1",  # what the planner knows of sizes, looked at by the nightly job
    "casework_caseloadcount",  # counted by a schedule of its own
    "returns_importrun",
    "core_auditentry",
    "core_audithead",
    "django_session",
    "django_tasks_database_dbtaskresult",
    "core_jobworker",
    "core_scheduletick",
    "usersessions_usersession",
    "core_cache",
    "casework_pace",
}


def test_what_is_wrong_with_the_form_is_said(manager: Client, write: Any) -> None:
    answer = manager.post(reverse("return_load"), {"as_of": "2027-02-31", "what": "load"})
    assert answer.status_code == 422
    assert "Choose a file for" in answer.content.decode()
    answer = manager.post(
        reverse("return_load"),
        {"file": SimpleUploadedFile("x.docx", b"x"), "as_of": "2027-01-21", "what": "load"},
    )
    assert "Files ending in .docx are not read" in answer.content.decode()
    give(manager, write(make.person(1)))
    assert "Another return is being loaded" in give(manager, write(make.person(1))).content.decode()
    assert ImportRun.objects.count() == 1


def test_a_waiting_load_can_be_cancelled(manager: Client, write: Any) -> None:
    give(manager, write(make.person(1)))
    run = ImportRun.objects.get()
    assert "Cancel this load" in page(manager, "return_run", run)
    manager.post(reverse("return_cancel", args=[run.pk]))
    run.refresh_from_db()
    assert (run.state, run.stored_path) == (ImportState.CANCELLED, "")
    assert jobs.load_return.call(str(run.pk)) == ImportState.CANCELLED
    assert "cancelled" in page(manager, "return_run", run)


def test_a_file_that_is_too_large_is_told_so(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LIMIT", 100)
    monkeypatch.setattr(uploads, "_AROUND", 0)
    answer = manager.post(
        reverse("return_load"),
        {"file": SimpleUploadedFile("x.xml", b"x" * 10_000), "as_of": "2027-01-21", "what": "load"},
    )
    assert answer.status_code == 422
    assert "larger than 2 GB" in answer.content.decode()


def test_a_run_at_work_and_one_that_broke_off(manager: Client, load: Load) -> None:
    run = ImportRun.objects.create(
        file_name="x.xml", as_of=AS_OF, by_label="x", state=ImportState.LOADING, running=True
    )
    folder = Path(settings.VAR) / "progress"
    folder.mkdir(parents=True, exist_ok=True)
    step = {"position": 30, "total": 60, "people": 1_234, "at": time.time(), "pid": 1, "host": "elsewhere"}
    (folder / f"{run.pk}.json").write_text(json.dumps(step))
    assert "1,234" in page(manager, "return_run", run)
    assert "Loading" in page(manager, "returns")
    (folder / f"{run.pk}.json").write_text(json.dumps({**step, "at": time.time() - 600}))
    assert "The load was interrupted" in page(manager, "return_run", run)
    assert "Interrupted" in page(manager, "returns")
    (folder / f"{run.pk}.json").unlink()


def test_who_may_see_the_report(load: Load) -> None:
    run = load(make.person(1, birth_date=make.date(1871, 1, 1)))
    for role, sees in ((Role.ANALYST, False), (Role.INSPECTOR, True), (Role.ADMINISTRATOR, True)):
        client = signed_in(role)
        shown = page(client, "return_run", run)
        assert ("Download the whole report" in shown) == sees
        assert "Load it now" not in shown
        expected = 200 if sees else 403
        for name in ("return_issues", "return_report"):
            answer = client.get(reverse(name, args=[run.pk]))
            assert answer.status_code == expected
            if answer.streaming:
                assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    with pytest.raises(NotPermitted):
        queries.issues(make_user(Role.ANALYST), run)
    assert signed_in(Role.PLAN_COORDINATOR).get(reverse("returns")).status_code == 403


@pytest.mark.parametrize("name", ["returns", "return_load", "return_run", "return_issues"])
def test_pages_take_few_queries(
    manager: Client, load: Load, name: str, django_assert_max_num_queries: Any
) -> None:
    run = load(make.person(1), make.person(2, birth_date=make.date(1871, 1, 1)))
    for _ in range(30):
        ImportRun.objects.create(file_name="x.xml", as_of=AS_OF, by_label="x", state=ImportState.CHECKED)
    address = reverse(name, args=[run.pk] if name in {"return_run", "return_issues"} else [])
    manager.get(address)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert manager.get(address).status_code == 200


def test_a_person_shows_where_each_value_came_from(load: Load) -> None:
    load(make.person(1, ethnicity="WBRI"))
    person = Person.objects.get()
    bulk_update_people([PersonUpdate(person.pk, {"ethnicity": "WIRI"})], by=System.COMMAND, source="form")
    manager, inspector = make_user(Role.MANAGER), make_user(Role.PLAN_COORDINATOR)
    (panel,) = [one for one in panels_for("person", person, manager) if "value came from" in one.title]
    lines = {line.label: (line.value, bool(line.later)) for line in panel.data.lines}
    assert lines["Ethnicity"] == ("WBRI", True)
    assert lines["Surname"] == ("Example1", False)
    assert not [one for one in panels_for("person", person, inspector) if "value came from" in one.title]
    case = person.cases.get()
    (said,) = [one for one in panels_for("case", case, manager) if "return said" in one.title]
    assert {line.label: line.value for line in said.data.lines}["Plan started"] == "2026-06-19"
    client = signed_in(Role.MANAGER)
    assert "As the last return had them" in client.get(reverse("person", args=[person.pk])).content.decode()


def test_the_actions_check_who(write: Any) -> None:
    nobody = make_user(Role.ANALYST)
    with pytest.raises(NotPermitted):
        actions.begin_import(by=nobody, as_of=AS_OF, file_name="x.xml")
    with pytest.raises(NotPermitted):
        actions.run_import(run_id=make_user().pk, path=write(make.person(1)), by=nobody)
