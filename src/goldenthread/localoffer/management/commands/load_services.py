"""`manage load_services FILE [--check] [--publish] [--report FILE]`: load services from CSV or Excel."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldenthread.core.actors import System
from goldenthread.core.refusals import Refusal
from goldenthread.core.ui.download import guard
from goldenthread.localoffer import actions
from goldenthread.localoffer.models import Load
from goldenthread.localoffer.queries import loads

SHOWN = 20


class Command(BaseCommand):
    """Does what the page “Files of services” does, without a browser."""

    help = "Load services from a CSV or Excel file, in the columns of the download."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, and whether only to check it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--publish", action="store_true", help="public at once, not as drafts")
        parser.add_argument("--report", type=Path, help="write the refused rows, to mend them, to this CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, then load. Raises CommandError with the reason where the file cannot be read."""
        by, path = System.COMMAND, options["file"]
        try:
            load = actions.give_file(
                by=by, content=path.read_bytes(), file_name=path.name, publish=options["publish"]
            )
            load = actions.check_file(by=by, load_id=load.pk)
            if options["check"]:
                actions.leave_file(by=by, load_id=load.pk)
            else:
                actions.start_loading(by=by, load_id=load.pk)
                load = actions.apply_file(by=by, load_id=load.pk)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except Refusal as refusal:
            raise CommandError(f"{refusal.message} {refusal.mend}".strip()) from refusal
        self._print(load, check=options["check"])
        if options["report"]:
            _write(options["report"], load)
            self.stdout.write(f"The refused rows are in {options['report']}.")

    def _print(self, load: Load, *, check: bool) -> None:
        if load.problem:
            raise CommandError(f"{load.problem} {load.mend}".strip())
        would = "would be " if check else ""
        self.stdout.write(
            f"{load.rows:,} rows read as {load.read_as}: {load.new:,} {would}new, {load.changed:,} "
            f"{would}changed, {load.same:,} unchanged, {load.refused:,} refused."
        )
        if load.columns["unknown"]:
            self.stdout.write(f"Columns that are not known: {', '.join(load.columns['unknown'])}.")
        findings = loads.findings_of(load)
        for one in findings[:SHOWN]:
            place = f"row {one.row}" + (f", {one.column}" if one.column else "")
            self.stdout.write(f"  {place}: {one.message} {one.mend}".rstrip())
        if len(findings) > SHOWN:
            self.stdout.write(f"  and {len(findings) - SHOWN:,} more: use --report FILE to see them.")
        if check:
            self.stdout.write("Nothing was changed: this was a check.")


def _write(path: Path, load: Load) -> None:
    headings, rows = loads.report_rows(load)
    with path.open("w", newline="", encoding="utf-8-sig") as out:
        writer = csv.writer(out)
        writer.writerow([guard(one) for one in headings])
        for row in rows:
            writer.writerow([guard(one) for one in row])
