"""Taking over services from another system: from its feed, its files and its tables."""

from __future__ import annotations

import json
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from goldenthread.localoffer import actions
from goldenthread.localoffer.models import PublicService, Service, ServiceVersion
from goldenthread.localoffer.oruk.importing.reading import CannotRead, read
from tests.factories import localoffer as make
from tests.localoffer.oruk.client import Site, lines

pytestmark = pytest.mark.django_db

TABLES = {
    "organizations.csv": "id,name,description\r\no1,Café Loom,Tea and company\r\n",
    "services.csv": "id,organization_id,name,description,minimum_age,status\r\n"
    's1,o1,Tea dance,"Tea,\r\nand a dance – £2",11,active\r\n'
    "s2,o1,Crêpe club,Pancakes,eleven,active\r\n"
    "s3,o1,Old club,It ended,,defunct\r\n"
    "s4,,Nobody's club,Of nobody,,active\r\n"
    ",o1,No key,Nothing,,active\r\n",
    "locations.csv": "id,name,location_type,latitude,longitude\r\nl1,The hall,physical,52.6,1.5\r\n",
    "addresses.csv": "id,location_id,address_1,city,postal_code\r\n"
    "a1,l1,1 Loom Street,Threadford,zz1 1zz\r\n",
    "service_at_locations.csv": "id,service_id,location_id\r\np1,s1,l1\r\n",
    "schedules.csv": "id,service_id,byday,opens_at,closes_at\r\nh1,s1,MO,9:00,10:00\r\n",
    "contacts.csv": "id,service_id,name\r\nc1,s1,Front desk\r\n",
    "phones.csv": "id,contact_id,number\r\nt1,c1,01632 960 000\r\n",
    "taxonomy_terms.csv": "id,name,taxonomy,term\r\nx1,Dancing,kinds,dancing\r\n",
    "attributes.csv": "id,link_id,taxonomy_term_id\r\ny1,s1,x1\r\n",
}


def _zip(path: Path, encoding: str = "cp1252") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in TABLES.items():
            archive.writestr(f"export/{name}", text.encode(encoding))
    return path


def _run(source: Path | str, *more: str) -> str:
    out = StringIO()
    call_command("import_oruk", str(source), *more, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_tables_become_whole_services(tmp_path: Path, encoding: str) -> None:
    said = _run(_zip(tmp_path / "export.zip", encoding))
    assert "5 services read: 2 added, 0 changed, 0 the same, 3 left out." in said
    assert "services.csv, line 4: minimum_age" in said
    assert "services.csv, line 5: It is defunct there. Left out." in said
    assert "line 6" in said
    assert "services.csv, line 7: There is no id" in said
    dance = PublicService.objects.get(name="Tea dance").document
    assert dance["description"] == "Tea,\nand a dance – £2"
    assert dance["organization"]["name"] == "Café Loom"
    assert dance["minimum_age"] == 11
    place = dance["service_at_locations"][0]["location"]
    assert (place["latitude"], place["addresses"][0]["postal_code"]) == (52.6, "ZZ1 1ZZ")
    assert dance["schedules"][0]["byday"] == "MO"
    assert dance["contacts"][0]["phones"][0]["number"] == "01632 960 000"
    assert dance["attributes"][0]["taxonomy_term"]["name"] == "Dancing"


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    file = _zip(tmp_path / "export.zip")
    _run(file)
    versions = ServiceVersion.objects.count()
    assert "0 added, 0 changed, 2 the same, 3 left out" in _run(file)
    assert ServiceVersion.objects.count() == versions


def test_a_check_changes_nothing(tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    said = _run(_zip(tmp_path / "export.zip"), "--check", "--report", str(report))
    assert "2 would be added" in said
    assert not Service.objects.exists()
    assert len(report.read_text("utf-8-sig").splitlines()) == 5


def test_what_this_feed_gives_comes_back_the_same(tmp_path: Path) -> None:
    actions.load_documents(by=make.BY, documents=[make.document(name=f"Club {n}") for n in range(3)])
    given = lines("/services", full="true")
    file = tmp_path / "feed.ndjson"
    text = [json.dumps(one) for one in given]
    file.write_text("\n".join([*text, "{broken", "7"]), "utf-8")
    said = _run(file)
    assert "5 services read: 0 added" in said
    assert "line 4: This line is not JSON. Left out." in said
    assert "line 5: This is no service. Left out." in said
    unchanging = {"last_modified"}
    after = lines("/services", full="true")
    assert [{k: v for k, v in one.items() if k not in unchanging} for one in after] == [
        {k: v for k, v in one.items() if k not in unchanging} for one in given
    ]


def test_a_feed_is_read_to_its_last_page_in_full() -> None:
    actions.load_documents(by=make.BY, documents=[make.document(name=f"Club {n}") for n in range(60)])
    items = list(read("https://other.example", network=Site()))
    assert len(items) == 60
    assert all(one.document and one.document["schedules"] for one in items)


def test_drafts_wait_for_an_editor(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    body: Any = make.document(local_offer={"notes": "from outside"})
    file.write_text(json.dumps({"contents": [body]}), "utf-8")
    _run(file, "--drafts")
    assert not PublicService.objects.exists()
    assert "local_offer" not in ServiceVersion.objects.get().document


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("a.json", b"<html>", "is not JSON"),
        ("a.json", b"7", "holds no services"),
        ("a.json", b"[" * 100_000, "is not JSON"),
        ("a.zip", b"PK\x03\x04 broken", "is not JSON"),
    ],
)
def test_a_file_of_something_else_is_told(tmp_path: Path, name: str, body: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(body)
    with pytest.raises(CommandError, match=words):
        _run(tmp_path / name)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        _run(tmp_path / "none.json")
    with pytest.raises(CommandError, match=r"no services\.csv"):
        _run(tmp_path)
    with pytest.raises(CannotRead, match="web address"):
        list(read("ftp://example.org"))
