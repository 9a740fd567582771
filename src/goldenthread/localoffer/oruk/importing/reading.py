"""Where the services of an import come from: an address, JSON, NDJSON, or a zip or folder of CSV tables."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from goldenthread.localoffer.oruk.checker.sources import TIMEOUT, Network, Source, Unreadable, parse
from goldenthread.localoffer.oruk.importing import feed
from goldenthread.localoffer.oruk.importing.feed import CannotRead, Item, item
from goldenthread.localoffer.oruk.importing.tables import read_tables

LARGEST: Final = 500_000_000
_TABLE: Final = ".csv"
# Files of a folder that holds a feed's answers, as the mock feeds of the official validator do: the first.
_ANSWERS: Final = ("service_full.json", "service.json", "services.json", "service_list.json")

__all__ = ["CannotRead", "Item", "read", "text_of"]


def read(source: str, network: Source | None = None, *, timeout: float = TIMEOUT) -> Iterator[Item]:
    """The services of an address or a file. Raises CannotRead where it is neither, or unreadable as a whole.

    `timeout` is in seconds for one answer; `network` stands for the address in tests.
    """
    if network is not None or "://" in source:
        yield from feed.services(network or _network(source, timeout))
        return
    path = Path(source)
    try:
        answers = [path / name for name in _ANSWERS if (path / name).is_file()]
        if answers:
            yield from _from_json(answers[0])
        elif path.is_dir():
            files = {one.name.lower(): one.read_bytes() for one in path.glob("*") if one.suffix == _TABLE}
            yield from _from_tables(files)
        elif zipfile.is_zipfile(path):
            yield from _from_tables(_unzipped(path))
        else:
            yield from _from_json(path)
    except OSError as error:
        raise CannotRead(f"{path.name} cannot be read: {error.strerror or error}.") from error


def text_of(body: bytes) -> str:
    """Text as UTF-8, or as Windows-1252 where it is none: older systems write that, and say so nowhere.

    UTF-16, which spreadsheets write as "Unicode text", says so at its start.
    """
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _network(address: str, timeout: float) -> Network:
    try:
        return Network(address, timeout=timeout)
    except ValueError as error:
        raise CannotRead(f"{error}.") from error


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
        yield item(f"service {number}", one)


def _from_lines(text: str) -> Iterator[Item]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield item(f"line {number}", json.loads(line))
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
            yield Item(place, problem=problem) if problem else item(place, document)
    except csv.Error as error:
        raise CannotRead(
            f"A table is no CSV: {error}. Look for a quotation mark that is not closed, or a very long field."
        ) from error
