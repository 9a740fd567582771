"""`manage check_oruk URL_OR_FOLDER [--json]`: is this a good Open Referral UK 3.0 feed?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldenthread.localoffer.oruk.checker.check import FeedCheck
from goldenthread.localoffer.oruk.checker.findings import Report
from goldenthread.localoffer.oruk.checker.sources import LARGEST, TIMEOUT, Folder, Network, Source
from goldenthread.localoffer.oruk.checker.specification import Specification


class Command(BaseCommand):
    """Reads every page and every id of all eleven endpoints, and fails if anything is wrong with one."""

    help = "Check an Open Referral UK 3.0 feed: every page, every id, formats, nulls, paging, version."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which feed, and against what."""
        parser.add_argument("feed", help="https://… of the feed's root, or a folder of answers as files")
        parser.add_argument("--json", action="store_true", help="for other programs")
        parser.add_argument(
            "--specification", type=Path, help="folder with the official openapi.json and schema/"
        )
        parser.add_argument("--ids", type=int, help="read at most so many single records at each endpoint")
        parser.add_argument("--timeout", type=float, default=TIMEOUT, help="seconds for one answer")
        parser.add_argument("--largest", type=float, default=LARGEST / 1e6, help="megabytes of one answer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report. Raises CommandError where there are errors, so that the command fails."""
        source = _source(options)
        quiet = options["json"]
        check = FeedCheck(
            source,
            _specification(options["specification"]),
            most_ids=options["ids"],
            progress=lambda line: None if quiet else self.stderr.write(line),
        )
        report = check.run()
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(lines(report)))
        if report.errors:
            raise CommandError(f"{report.errors:,} errors.")


def _source(options: dict[str, Any]) -> Source:
    feed = options["feed"]
    if "://" not in feed:
        folder = Path(feed)
        if not folder.is_dir():
            raise CommandError(f"{feed} is neither a folder nor a web address that starts with https://.")
        return Folder(folder)
    try:
        return Network(feed, timeout=options["timeout"], largest=int(options["largest"] * 1e6))
    except ValueError as error:
        raise CommandError(f"{error}.") from error


def _specification(folder: Path | None) -> Specification:
    try:
        return Specification(folder)
    except (OSError, ValueError) as error:
        raise CommandError(f"{folder} does not hold the specification: {error}.") from error


def lines(report: Report) -> list[str]:
    """The report for people."""
    found = [f"{report.feed}: {report.verdict}", f"version {report.version}"]
    for endpoint, read in report.read.items():
        items = f", {read.items:,} records" if read.items else ""
        found.append(f"  {endpoint}: {read.answers:,} answers{items}")
    found.append(
        f"{report.required_errors:,} errors of required endpoints, {report.optional_errors:,} of optional "
        f"ones, {report.warnings:,} warnings."
    )
    for (severity, endpoint, kind), count in report.counts.items():
        found.append(f"{severity} {endpoint} [{kind}] {count:,} times")
        found += [
            f"    {one.address}: {one.message}"
            for one in report.examples
            if (one.severity, one.endpoint, one.kind) == (severity, endpoint, kind)
        ]
    return found
