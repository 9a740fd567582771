"""`manage import_oruk URL_OR_FILE [--check] [--report FILE]`: take over the services of another system."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldenthread.core.actors import System
from goldenthread.localoffer.actions import LoadReport, load_documents
from goldenthread.localoffer.oruk.checker.sources import TIMEOUT
from goldenthread.localoffer.oruk.importing.reading import CannotRead, Item, read

SHOWN = 20
# What another system no longer offers is not published here.
_GONE = {"inactive", "defunct"}
Told = tuple[str, str, bool]


class Command(BaseCommand):
    """Reads all, loads it in one transaction, and says row by row what could not be taken."""

    help = "Import services from an Open Referral UK feed, its JSON or NDJSON, or its tables as CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which services, and whether only to check them."""
        parser.add_argument("source", help="https://… of a feed's root, a file, or a folder of CSV tables")
        parser.add_argument("--check", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--drafts", action="store_true", help="keep them as drafts for an editor")
        parser.add_argument("--name", default="", help="what the other system is called, for ids not UUIDs")
        parser.add_argument("--timeout", type=float, default=TIMEOUT, help="seconds for one answer")
        parser.add_argument("--report", type=Path, help="write every problem to this CSV file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import or check. Raises CommandError with the reason where nothing can be read."""
        try:
            items = list(read(options["source"], timeout=options["timeout"]))
        except CannotRead as error:
            raise CommandError(f"{error} Nothing was loaded.") from error
        wanted, told = _sorted_out(items)
        report = load_documents(
            by=System.COMMAND,
            documents=[one.document for one in wanted if one.document is not None],
            source=options["name"] or _name_of(options["source"]),
            publish=not options["drafts"],
            dry_run=options["check"],
        )
        told += [
            (wanted[index].place, problem.message, index in report.left_out)
            for index, problem in report.problems
        ]
        self._print(len(items), report, told, check=options["check"])
        if options["report"]:
            _write(options["report"], told)
            self.stdout.write(f"Every problem is in {options['report']}.")

    def _print(self, read_in: int, report: LoadReport, told: list[Told], *, check: bool) -> None:
        would = "would be " if check else ""
        left_out = read_in - report.made - report.changed - report.same
        self.stdout.write(
            f"{read_in:,} services read: {report.made:,} {would}added, {report.changed:,} {would}changed, "
            f"{report.same:,} the same, {left_out:,} left out."
        )
        for place, message, is_left_out in told[:SHOWN]:
            self.stdout.write(f"  {place}: {message}" + (" Left out." if is_left_out else ""))
        if len(told) > SHOWN:
            self.stdout.write(f"  and {len(told) - SHOWN:,} more: use --report FILE to see them.")
        if check:
            self.stdout.write("Nothing was changed: this was a check.")


def _sorted_out(items: list[Item]) -> tuple[list[Item], list[Told]]:
    """What can be loaded, and what is told of the rest."""
    wanted: list[Item] = []
    told: list[Told] = []
    for one in items:
        status = str((one.document or {}).get("status", "")).lower()
        if one.document is None:
            told.append((one.place, one.problem, True))
        elif status in _GONE:
            told.append((one.place, f"It is {status} there.", True))
        else:
            wanted.append(one)
            if status == "temporarily closed":
                told.append((one.place, "It is closed for a time there: pause it here.", False))
    return wanted, told


def _name_of(source: str) -> str:
    return (urlsplit(source).hostname if "://" in source else Path(source).stem) or "import"


def _write(path: Path, told: list[Told]) -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as out:
        writer = csv.writer(out)
        writer.writerow(["Where", "Problem", "Left out"])
        for place, message, left_out in told:
            # A spreadsheet would run a text that begins like a formula.
            safe = f"'{message}" if message[:1] in "=+-@" else message
            writer.writerow([place, safe, "yes" if left_out else "no"])
