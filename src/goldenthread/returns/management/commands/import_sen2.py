"""`manage import_sen2 FILE --as-of DATE [--check]`: load a SEN2 return."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from goldenthread.core.actors import System
from goldenthread.core.refusals import Refusal
from goldenthread.returns import actions
from goldenthread.returns.findings import report_path
from goldenthread.returns.models import ImportRun, ImportState


class Command(BaseCommand):
    """Loads a return, or with --check reports what is wrong with it and changes nothing."""

    help = "Load a SEN2 return: XML, a zip or folder of COLLECT blade files, or the Excel template."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, the day as at which it speaks, and whether only to check it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--as-of", type=date.fromisoformat, required=True, metavar="DATE")
        parser.add_argument("--check", action="store_true", help="report what is wrong; change nothing")
        parser.add_argument(
            "--corrections", type=Path, metavar="CSV", help="a report whose last column was filled in"
        )
        parser.add_argument("--report", type=Path, metavar="CSV", help="also write the report here")
        parser.add_argument("--json", action="store_true", help="the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import. Raises CommandError for a file that was refused."""
        path: Path = options["file"]
        for each in filter(None, (path, options["corrections"])):
            if not each.exists():
                raise CommandError(f"There is no file {each}. Check the name.")
        try:
            run = actions.begin_import(
                by=System.IMPORT, as_of=options["as_of"], file_name=path.name, check_only=options["check"]
            )
            run = actions.run_import(
                run_id=run.pk,
                path=path,
                by=System.IMPORT,
                tell=self._teller(options),
                corrections=options["corrections"],
            )
        except Refusal as refusal:
            raise CommandError(f"{refusal.message} {refusal.mend}") from refusal
        if options["report"] and report_path(run.pk).exists():
            options["report"].write_bytes(report_path(run.pk).read_bytes())
        self._tell_result(run, as_json=options["json"])

    def _teller(self, options: dict[str, Any]) -> actions.Tell | None:
        if options["json"] or not sys.stderr.isatty():
            return None

        def tell(position: int, total: int, people: int) -> None:
            share = f"{min(100, 100 * position // total)}%" if total else ""
            self.stderr.write(f"\r{people:,} people {share}", ending="")

        return tell

    def _tell_result(self, run: ImportRun, *, as_json: bool) -> None:
        if as_json:
            content = {"run": str(run.pk), "state": run.state, "message": run.message, "mend": run.mend}
            self.stdout.write(json.dumps({**content, "counts": run.counts}, indent=2))
        else:
            self._lines(run)
        if run.state == ImportState.REFUSED:
            raise CommandError(f"{run.message} {run.mend}")

    def _lines(self, run: ImportRun) -> None:
        self.stdout.write(run.get_state_display())
        for name, number in run.counts.items():
            if isinstance(number, int) and number:
                self.stdout.write(f"  {number:>9,}  {name}")
        for severity, number in run.counts.get("severity", {}).items():
            self.stdout.write(f"  {number:>9,}  {severity} lines in the report")
        if report_path(run.pk).exists():
            self.stdout.write(f"The report: {report_path(run.pk)}")
