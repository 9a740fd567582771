"""Where the services of an import come from: an address, JSON, NDJSON, or a zip or folder of CSV tables."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from goldenthread.localoffer.oruk.checker.sources import Network, Source, Unreadable, parse
from goldenthread.localoffer.oruk.importing.tables import read_tables

LARGEST: Final = 500_000_000
MOST_PAGES: Final = 100_000
_TABLE: Final = ".csv"


class CannotRead(Exception):  # noqa: N818 - says what the file is
    """Nothing can be read from there; the message says why."""


@dataclass(frozen=True, slots=True)
class Item:
    """One service and where it stood; `problem` where it could not be read, and then no document."""

    place: str
    document: dict[str, Any] | None = None
    problem: str = ""


def read(source: str, network: Source | None = None) -> Iterator[Item]:
    """The services of an address or a file. Raises CannotRead where it is neither, or unreadable as a whole.

    `network` stands for the address in tests.
    """
    if network is not None or "://" in source:
        yield from _from_feed(network or _network(source))
        return
    path = Path(source)
    try:
        if path.is_dir():
            files = {one.name.lower(): one.read_bytes() for one in path.glob("*") if one.suffix == _TABLE}
            yield from _from_tables(files)
        elif zipfile.is_zipfile(path):
            yield from _from_tables(_unzipped(path))
        else:
            yield from _from_json(path)
    except OSError as error:
        raise CannotRead(f"{path.name} cannot be read: {error.strerror or error}.") from error


def text_of(body: bytes) -> str:
    """Text as UTF-8, or as Windows-1252 where it is none: older systems write that, and say so nowhere."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _network(address: str) -> Network:
    try:
        return Network(address)
    except ValueError as error:
        raise CannotRead(f"{error}.") from error


def _from_feed(source: Source) -> Iterator[Item]:
    """Every service of every page, in full by its own address."""
    for number in range(1, MOST_PAGES + 1):
        try:
            page = source.get("/services", {"page": number}).body
        except Unreadable as error:
            raise CannotRead(f"/services?page={number}: {error}") from error
        contents = page.get("contents") if isinstance(page, dict) else None
        if not isinstance(contents, list) or (number > 1 and page.get("page_number") != number):
            raise CannotRead(f"/services?page={number} is no page of services.")
        for one in contents:
            yield _full(source, str(one.get("id")) if isinstance(one, dict) else "")
        if page.get("last_page") is True or not contents or number >= _pages(page):
            return


def _pages(page: dict[str, Any]) -> int:
    total = page.get("total_pages")
    return total if isinstance(total, int) else MOST_PAGES


def _full(source: Source, key: str) -> Item:
    place = f"/services/{quote(key, safe='')}"
    try:
        body = source.get(place).body
    except Unreadable as error:
        return Item(place, problem=str(error))
    return _item(place, body)


def _item(place: str, body: Any) -> Item:
    if not isinstance(body, dict):
        return Item(place, problem="This is no service.")
    # Our own part is set here, not by others.
    return Item(place, {name: part for name, part in body.items() if name != "local_offer"})


def _from_json(path: Path) -> Iterator[Item]:
    if path.stat().st_size > LARGEST:
        raise CannotRead(f"{path.name} is larger than {LARGEST // 1_000_000} MB. Give it as several files.")
    text = text_of(path.read_bytes())
    if path.suffix.lower() in {".ndjson", ".jsonl"}:
        yield from _from_lines(text)
        return
    try:
        body = parse(text.encode(), path.name)
    except Unreadable as error:
        hint = "Give JSON, NDJSON with the ending .ndjson, or a zip of CSV tables."
        raise CannotRead(f"{error} {hint}") from error
    if isinstance(body, dict):
        body = body["contents"] if isinstance(body.get("contents"), list) else [body]
    if not isinstance(body, list):
        raise CannotRead(f"{path.name} holds no services.")
    for number, one in enumerate(body, start=1):
        yield _item(f"service {number}", one)


def _from_lines(text: str) -> Iterator[Item]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield _item(f"line {number}", json.loads(line))
        except (ValueError, RecursionError):
            yield Item(f"line {number}", problem="This line is not JSON.")


def _unzipped(path: Path) -> dict[str, bytes]:
    """The tables in a zip, whatever folder they are in. A bomb is refused by its stated size."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if one.filename.lower().endswith(_TABLE)]
            if sum(one.file_size for one in members) > LARGEST:
                raise CannotRead(f"{path.name} unpacks to more than {LARGEST // 1_000_000} MB.")
            return {Path(one.filename).name.lower(): archive.read(one) for one in members}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise CannotRead(f"{path.name} cannot be unpacked: {error}.") from error


def _from_tables(files: dict[str, bytes]) -> Iterator[Item]:
    if "services.csv" not in files:
        held = ", ".join(sorted(files)) or "no CSV files"
        raise CannotRead(f"There is no services.csv. There is: {held}.")
    try:
        for line, document, problem in read_tables({name: text_of(body) for name, body in files.items()}):
            place = f"services.csv, line {line}"
            yield Item(place, problem=problem) if problem else _item(place, document)
    except csv.Error as error:
        raise CannotRead(
            f"A table is no CSV: {error}. Look for a quotation mark that is not closed, or a very long field."
        ) from error
