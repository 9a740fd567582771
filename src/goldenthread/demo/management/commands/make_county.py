"""`manage make_county --plans 6000 --seed 1 [--sen2 FILE]`: make the demonstration county."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from goldenthread.core.actors import System
from goldenthread.core.refusals import Refusal
from goldenthread.demo import actions, filing
from goldenthread.demo.county import count_people
from goldenthread.demo.progress import Bar
from goldenthread.demo.settings_list import gias_csv


class Command(BaseCommand):
    """Makes the county in an empty database and, if asked, the SEN2 return of the same county."""

    help = "Make the demonstration county: fictional people, true to the published totals of one council."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How large, and which files to write."""
        parser.add_argument("--plans", type=int, default=6000, help="plans maintained in January 2024 (6000)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same county (1)")
        parser.add_argument(
            "--sen2",
            type=Path,
            metavar="FILE",
            help="also write it as a SEN2 return: XML, or blades in a .zip",
        )
        parser.add_argument(
            "--sen2-year", type=int, metavar="YEAR", help="only what the return of that year holds"
        )
        parser.add_argument(
            "--gias", type=Path, metavar="FILE", help="also write its settings as a GIAS download"
        )
        parser.add_argument(
            "--return-only", action="store_true", help="make only what a SEN2 return carries of each case"
        )
        parser.add_argument(
            "--only-file", action="store_true", help="write the files; leave the database alone"
        )
        parser.add_argument("--yes", action="store_true", help="make it where demonstration mode is off")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it. Raises CommandError, having changed nothing, where it may or can not be made."""
        began = time.monotonic()
        try:
            _check(options)
            if not options["only_file"]:
                self._database(options)
            self._files(options)
        except Refusal as refusal:
            raise CommandError(f"{refusal.message} {refusal.mend}".strip()) from refusal
        self.stdout.write(f"Done in {time.monotonic() - began:.1f} s.")

    def _database(self, options: dict[str, Any]) -> None:
        bar = Bar(sys.stderr, "people")
        made = actions.make_county(
            plans=options["plans"],
            seed=options["seed"],
            by=System.DEMONSTRATION,
            tell=bar.at,
            detail=not options["return_only"],
        )
        bar.end()
        self.stdout.write(f"The county has {made.people:,} people and stands at 18 January 2024.")
        self.stdout.write("You can be:")
        for one in made.personas:
            self.stdout.write(f"  {one['name']}, {one['job']}")

    def _files(self, options: dict[str, Any]) -> None:
        size = {"plans": options["plans"], "seed": options["seed"]}
        if options["gias"]:
            count = gias_csv(options["gias"], **size)
            self.stdout.write(f"{count:,} settings are in {options['gias']}.")
        if options["sen2"]:
            bar = Bar(sys.stderr, "people written")
            total = count_people(**size)
            count = filing.write_county(
                options["sen2"], **size, year=options["sen2_year"], tell=lambda done: bar.at(done, total)
            )
            bar.end()
            self.stdout.write(f"{count:,} people are in {options['sen2']}.")


def _check(options: dict[str, Any]) -> None:
    """Everything that can be refused is refused before the long work. Raises CommandError, InvalidInput."""
    actions.check_size(options["plans"], options["seed"])
    filing.header_of(options["sen2_year"])
    files = [options[name] for name in ("sen2", "gias") if options[name]]
    for path in files:
        if not path.absolute().parent.is_dir():
            raise CommandError(f"There is no folder {path.parent}. Make it, or name another.")
    if options["sen2_year"] and not options["sen2"]:
        raise CommandError("--sen2-year says what the file holds: name the file with --sen2 FILE.")
    if options["only_file"]:
        if not files:
            raise CommandError("Name a file to write: --sen2 FILE or --gias FILE.")
    elif settings.PRODUCTION:
        raise CommandError("This is a production site: fictional people are not put among real ones.")
    elif not settings.DEMONSTRATION and not options["yes"]:
        raise CommandError(
            "Demonstration mode is off here. Set GT_DEMONSTRATION=1, or say --yes to make the county anyway."
        )
