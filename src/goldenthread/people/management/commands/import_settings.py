"""`manage import_settings FILE.csv [--check] [--report FILE]`: load the GIAS register of settings."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldenthread.core.actors import System
from goldenthread.core.refusals import Refusal
from goldenthread.people.actions import ImportReport, import_settings

SHOWN = 20


class Command(BaseCommand):
    """Reads the file and prints what changed; the problems, row by row, go to a CSV if asked."""

    help = "Load settings from the GIAS download (edubasealldata, CSV). Nothing is ever deleted."

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE, and whether only to check it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--report", type=Path, help="write every problem to this CSV file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load or check the file. Raises CommandError with the reason where it cannot be read."""
        try:
            with options["file"].open("rb") as file:
                report = import_settings(by=System.SETTINGS_IMPORT, file=file, check_only=options["check"])
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except Refusal as refusal:
            raise CommandError(f"{refusal.message} {refusal.mend}".strip()) from refusal
        self._print(report)
        if options["report"]:
            _write(options["report"], report)
            self.stdout.write(f"Every problem is in {options['report']}.")

    def _print(self, report: ImportReport) -> None:
        would = "would be " if report.checked_only else ""
        self.stdout.write(
            f"{report.rows:,} rows read: {report.new:,} {would}added, {report.changed:,} {would}changed, "
            f"{report.same:,} the same, {report.left_out:,} left out."
        )
        for problem in report.problems[:SHOWN]:
            place = f"line {problem.line}" + (f", {problem.column}" if problem.column else "")
            self.stdout.write(f"  {place}: {problem.message}")
        more = len(report.problems) + report.more_problems - SHOWN
        if more > 0:
            self.stdout.write(f"  and {more:,} more problems: use --report FILE to see them.")
        if report.checked_only:
            self.stdout.write("Nothing was changed: this was a check.")


def _write(path: Path, report: ImportReport) -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as out:
        writer = csv.writer(out)
        writer.writerow(["Line", "Column", "Problem", "Row left out"])
        for problem in report.problems:
            left_out = "yes" if problem.left_out else "no"
            writer.writerow([problem.line, problem.column, problem.message, left_out])
