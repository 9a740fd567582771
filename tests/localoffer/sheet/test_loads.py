"""Files of services in and out: what each row does, what is refused and how to mend it, and round trips."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from xlsxwriter import Workbook

from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotPermitted
from goldenthread.localoffer import actions, jobs, queries
from goldenthread.localoffer.enums import LoadState, State
from goldenthread.localoffer.models import Load, PublicService, Service, ServiceVersion
from goldenthread.localoffer.queries import loads, sheets
from goldenthread.localoffer.sheet.columns import COLUMNS
from tests.factories import localoffer as make
from tests.localoffer.views.test_editing import signed_in

pytestmark = pytest.mark.django_db


def file_of(*rows: dict[str, str], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """A CSV file with the columns of these rows."""
    headings = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def checked(content: bytes, name: str = "services.csv", *, publish: bool = True) -> Load:
    """A file given and checked."""
    load = actions.give_file(by=make.BY, content=content, file_name=name, publish=publish)
    return actions.check_file(by=make.BY, load_id=load.pk)


def loaded(content: bytes, name: str = "services.csv", *, publish: bool = True) -> Load:
    """A file given, checked and loaded."""
    load = checked(content, name, publish=publish)
    actions.start_loading(by=make.BY, load_id=load.pk)
    return actions.apply_file(by=make.BY, load_id=load.pk)


def counts(load: Load) -> tuple[int, int, int, int]:
    return load.new, load.changed, load.same, load.refused


ROW = {"Name": "Weaving", "Organisation": "Loom Club", "Description": "A weaving club."}


def exported() -> list[dict[str, str]]:
    """Every entry as the download has it."""
    rows = Service.objects.order_by("name", "pk")
    labels = {one.key: one.label for one in COLUMNS}
    found = sheets.sheet_rows(make.BY, rows)
    return [{labels[key]: text for key, text in row.items()} for row in found]


def rich() -> Service:
    """An entry with several of everything, and a hidden place."""
    place, refuge = (
        make.place(),
        make.place(name="House", id="11111111-1111-4111-8111-111111111111", latitude=52.1),
    )
    del refuge["location"]["longitude"]
    refuge["location"]["addresses"] = [{"address_1": "9 Quiet Row", "city": "Weft", "postal_code": "ZZ9 9ZZ"}]
    return make.published(
        service_at_locations=[place, refuge],
        phones=[{"number": "+44 1632 960 001"}, {"number": "01632 960 002"}],
        cost_options=[{"option": "One | two", "amount": 3}, {"option": "Ten", "amount": 25.5}],
        description="First.\n\nSecond “quoted”, with é and a comma.",
        local_offer={
            "referral": ["self", "gp"],
            "hidden_locations": ["11111111-1111-4111-8111-111111111111"],
            "questions": {"staff": "=1+1 they say"},
            "notes": "Ours.",
            "urn": "123456",
        },
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_in_unchanged(kind: str) -> None:
    rich()
    make.published(name="Loom Street Diving")
    before = ServiceVersion.objects.count()
    answer = signed_in(make.editor()).get(reverse("lo_sheet", args=[kind]))
    content = b"".join(answer.streaming_content)
    load = loaded(content, f"services.{kind}")
    assert loads.findings_of(load) == []
    assert counts(load) == (0, 0, 2, 0)
    assert ServiceVersion.objects.count() == before


def test_a_file_makes_the_same_entries_in_an_empty_directory() -> None:
    service = rich()
    before = exported()
    document = queries.current_document(service)
    actions.archive(by=make.BY, service_id=service.pk, reason="Moved.")
    # Keys of another council: nothing here has them.
    row = before[0] | {"Key": "another-1", "Organisation key": ""}
    assert counts(loaded(file_of(row))) == (1, 0, 0, 0)
    made = Service.objects.exclude(pk=service.pk).get()
    again = next(one for one in exported() if one["Key"] == str(made.pk))
    different = {name for name in again if again[name] != before[0][name]}
    assert different <= {"Key", "Organisation key"}
    assert made.urn == "123456"
    hidden = queries.current_document(made)["local_offer"]["hidden_locations"]
    assert len(hidden) == len(document["local_offer"]["hidden_locations"]) == 1
    assert "Quiet Row" not in str(PublicService.objects.get(pk=made.pk).document)


def test_a_check_tells_and_changes_nothing() -> None:
    service = make.published()
    load = checked(
        file_of(
            ROW,
            {"Key": str(service.pk), "Name": "Loom Street Diving"},
            {"Name": service.name, "Organisation": service.organization.name},
            {"Name": "Wool", "Organisation": "Loom Club", "Oldest age": "300"},
            {"Name": "", "Description": "Of nobody."},
        )
    )
    assert counts(load) == (1, 1, 0, 3)
    told = [(one.row, one.column, one.message) for one in loads.findings_of(load) if one.refuses]
    assert (4, "Key", "Row 3 is of the same service.") in told
    assert (5, "Oldest age", "Give an age in years, from 0 to 120.") in told
    assert (6, "Name", "Give the service a name.") in told
    assert Service.objects.count() == 1
    assert queries.current_document(service)["name"] == "Loom Street Swimming"


@pytest.mark.parametrize(
    ("encoding", "read_as"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with a mark"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
    ],
)
def test_encodings_are_recognised(encoding: str, read_as: str) -> None:
    load = loaded(file_of(ROW | {"Name": "Café – “les petits”"}, encoding=encoding, delimiter=";"))
    assert load.read_as == read_as
    assert Service.objects.get().name == "Café – “les petits”"


def test_excel_with_numbers_and_days() -> None:
    out = io.BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, (heading, value) in enumerate(
            {**ROW, "Youngest age": 5, "Checked on": "2024-03-05", "Hide this address": "no"}.items()
        ):
            sheet.write(0, at, heading)
            sheet.write(2, at, value)
    load = loaded(out.getvalue(), "services.xlsx")
    assert counts(load) == (1, 0, 0, 0)
    assert loads.outcomes_of(load, "new")[0][0] == 3
    assert PublicService.objects.get().minimum_age == 5


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 no zip", "no Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old kind of Excel"),
        (b"Colour,Size\nred,2\n", "no column Name"),
        (b"Name,Name\na,b\n", "stands twice"),
        (b"Name\n", "no rows"),
        (b'Name,Description\n"Weaving,never closed\n', "unexpected end of data"),
        (b"Name\n\x81\x8d\n", "neither in UTF-8"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        actions.give_file(by=make.BY, content=content, file_name="services.xlsx")
    assert not Load.objects.exists()


def test_html_becomes_text_and_formulas_stay_text() -> None:
    row = ROW | {"Description": "<p>Weave</p><script>alert(1)</script>", "Notice": "=HYPERLINK(1)"}
    load = loaded(file_of(row))
    assert counts(load) == (1, 0, 0, 0)
    assert [one.column for one in loads.findings_of(load)] == ["Description"]
    shown = PublicService.objects.get().document
    assert (shown["description"], shown["alert"]) == ("Weave", "=HYPERLINK(1)")
    answer = signed_in(make.editor()).get(reverse("lo_sheet", args=["csv"]))
    assert b"'=HYPERLINK" in b"".join(answer.streaming_content)


def test_a_description_of_megabytes_is_refused_with_its_row_and_the_rest_loaded() -> None:
    load = loaded(file_of(ROW, ROW | {"Name": "Spinning", "Description": "wool " * 1_000_000}))
    assert counts(load) == (1, 0, 0, 1)
    told = loads.findings_of(load)
    assert (told[0].row, told[0].column) == (3, "Description")
    assert "4,999,999 letters are too many" in told[0].message
    assert len(told[0].value) <= 80


def test_refused_rows_are_mended_and_given_again() -> None:
    load = loaded(file_of(ROW | {"Email": "nobody", "Colour": "red"}))
    assert load.columns["unknown"] == ["Colour"]
    answer = signed_in(make.editor()).get(reverse("lo_load_report", args=[load.pk]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Email: Give an email address" in text
    again = loaded(text.replace("nobody", "loom@example.org").encode())
    assert counts(again) == (1, 0, 0, 0)
    assert again.columns["unknown"] == ["Colour"]


def test_empty_leaves_and_the_mark_takes_away() -> None:
    service = make.published(alert="Moved next door.")
    load = loaded(
        file_of({"Key": str(service.pk), "Notice": "[empty]", "Website": "", "Email": "a@b.example"})
    )
    assert counts(load) == (0, 1, 0, 0)
    shown = PublicService.objects.get().document
    assert "alert" not in shown
    assert (shown["url"], shown["email"]) == ("https://swim.example.org", "a@b.example")
    assert shown["contacts"][0]["phones"]


def test_as_drafts_the_public_still_sees_the_old_words() -> None:
    service = make.published()
    content = file_of({"Key": str(service.pk), "Name": "Diving"}, ROW)
    assert counts(loaded(content, publish=False)) == (1, 1, 0, 0)
    service.refresh_from_db()
    assert (service.state, service.is_live) == (State.DRAFT, True)
    assert PublicService.objects.get().name == "Loom Street Swimming"
    # Somebody must now look at it: a second file does not write over it.
    again = loaded(file_of({"Key": str(service.pk), "Name": "Jumping"}))
    assert counts(again) == (0, 0, 0, 1)


def test_a_load_that_broke_off_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.loads, "BATCH", 2)
    rows = [ROW | {"Name": f"Weaving {number}"} for number in range(5)]
    load = checked(file_of(*rows))
    actions.start_loading(by=make.BY, load_id=load.pk)
    real, calls = actions.loads.load_documents, []

    def breaks(**given: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise OSError("the worker died")
        return real(**given)

    monkeypatch.setattr(actions.loads, "load_documents", breaks)
    with pytest.raises(OSError, match="died"):
        actions.apply_file(by=make.BY, load_id=load.pk)
    assert (Service.objects.count(), Load.objects.get().done) == (2, 2)
    assert jobs.apply_file.func(str(load.pk)) == LoadState.DONE
    assert counts(Load.objects.get()) == (5, 0, 0, 0)


def test_the_pages_from_file_to_entries() -> None:
    editor = signed_in(make.editor())
    file = io.BytesIO(file_of(ROW, ROW | {"Name": "Spinning", "Email": "x"}))
    file.name = "services.csv"
    answer = editor.post(reverse("lo_load_new"), {"file": file, "then": "publish"})
    load = Load.objects.get()
    assert answer.headers["Location"] == reverse("lo_load", args=[load.pk])
    page = editor.get(answer.headers["Location"]).content.decode()
    assert "1 would be new" in page
    assert "Give an email address" in page
    assert "Weaving" in editor.get(answer.headers["Location"] + "?show=new").content.decode()
    editor.post(reverse("lo_load_do", args=[load.pk, "load"]))
    assert "Loading the rows" in editor.get(answer.headers["Location"]).content.decode()
    assert DBTaskResult.objects.filter(task_path__endswith="apply_file").count() == 1
    jobs.apply_file.func(str(load.pk))
    assert "1 new, 0 changed" in editor.get(answer.headers["Location"]).content.decode()
    assert PublicService.objects.count() == 1
    assert editor.post(reverse("lo_load_do", args=[load.pk, "leave"])).status_code == 409


def test_a_provider_takes_their_own_out_and_gives_none() -> None:
    service = make.published(local_offer={"notes": "Ours."})
    make.published(name="Diving", organization={"name": "Others"})
    provider = make.provider(service.organization)
    assert signed_in(provider).get(reverse("lo_sheet", args=["pdf"])).status_code == 404
    text = b"".join(signed_in(provider).get(reverse("lo_sheet", args=["csv"])).streaming_content).decode()
    assert "Loom Street Swimming" in text
    assert "Diving" not in text
    assert "Ours." not in text
    with pytest.raises(NotPermitted):
        actions.give_file(by=provider, content=file_of(ROW), file_name="services.csv")


def test_the_command_checks_and_loads(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "services.csv"
    path.write_bytes(file_of(ROW, ROW | {"Name": "Spinning", "Email": "x"}))
    call_command("load_services", path, "--check")
    assert "1 would be new" in capsys.readouterr().out
    assert not Service.objects.exists()
    call_command("load_services", path, "--publish", "--report", tmp_path / "mend.csv")
    assert "row 3, Email: Give an email address" in capsys.readouterr().out
    assert PublicService.objects.count() == 1
    assert "Spinning" in (tmp_path / "mend.csv").read_text("utf-8-sig")


def test_a_load_is_decided_once_and_files_are_cleared_away() -> None:
    load = loaded(file_of(ROW))
    with pytest.raises(NotAllowedNow):
        actions.start_loading(by=make.BY, load_id=load.pk)
    assert actions.clear_files() == 0
    Load.objects.update(created_at="2020-01-01T00:00Z")
    assert actions.clear_files() == 1
    assert bytes(Load.objects.get().content) == b""
