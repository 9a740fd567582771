"""`manage backtest --data DIR --origins 2020-2023`: how well the forecast would have done, everywhere."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldenthread.casework.management.printing import as_json, table
from goldenthread.forecast.backtest import FORECAST_COLUMNS, SIMULATIONS, forecast_lines, run_backtest
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.published import read_panel
from goldenthread.forecast.record import Record

COLUMNS = {
    "horizon": "Years",
    "category": "Plans",
    "rule": "Rule",
    "n": "n",
    "mape": "MAPE %",
    "wape": "WAPE %",
    "bias": "Bias %",
    "crps": "CRPS",
    "cover_80": "In 80%",
    "cover_95": "In 95%",
}
MOST_YEARS = 10


class Command(BaseCommand):
    """Forecasts again from past Januaries with what was published then, and scores what came of it."""

    help = "Score the forecast of every council against what came, beside the naive rules."
    requires_system_checks: list[str] = []  # it needs no database

    def add_arguments(self, parser: CommandParser) -> None:
        """Which tables, which years, and what to keep."""
        parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders with DfE's tables")
        parser.add_argument("--origins", required=True, help="Januaries to forecast from, such as 2020-2023")
        parser.add_argument("--horizons", default="1-3", help="years ahead (1-3)")
        parser.add_argument("--seed", type=int, default=1, help="of the random draws (1)")
        parser.add_argument("--simulations", type=int, default=SIMULATIONS, help=f"draws ({SIMULATIONS})")
        parser.add_argument("--forecasts", type=Path, help="write every forecast to this CSV file")
        parser.add_argument("--record", type=Path, help="write the scores to this JSON file")
        parser.add_argument("--json", action="store_true", help="for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and print it. Raises CommandError for years or tables that cannot be used."""
        origins, horizons = _years(options["origins"]), _years(options["horizons"])
        if not 1 <= min(horizons) <= max(horizons) <= MOST_YEARS:
            raise CommandError(f"Horizons run from 1 to {MOST_YEARS} years. Write them as 1-3.")
        if not 2 <= options["simulations"] <= 100_000 or options["seed"] < 0:
            raise CommandError("Draws are 2 to 100,000, and the seed is nought or more.")
        try:
            panel = read_panel(*_folders(options["data"]))
            found = run_backtest(
                panel, origins, horizons, seed=options["seed"], simulations=options["simulations"]
            )
        except ForecastError as error:
            raise CommandError(str(error)) from error
        # the day it was measured, also on a site that shows another day
        record = replace(found.record, made_on=datetime.now(UTC).date().isoformat())
        if options["forecasts"]:
            _write_csv(options["forecasts"], forecast_lines(found.forecasts))
        if options["record"]:
            _write(options["record"], as_json(record.as_dict()) + "\n")
        self.stdout.write(_json(record) if options["json"] else _text(record))


def _years(text: str) -> list[int]:
    """2020-2023, 2020,2022 or 2020. Raises CommandError that says so."""
    years: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not all(
            one.isascii() and one.isdigit() and len(one) <= 4 for one in (first, last if dash else first)
        ):
            raise CommandError(f"“{text}” is not a range of years. Write it as 2020-2023 or 2020,2022.")
        years += range(int(first), int(last if dash else first) + 1)
    if not years or len(set(years)) != len(years):
        raise CommandError(f"“{text}” has no year, or one twice. Write it as 2020-2023 or 2020,2022.")
    return sorted(years)


def _folders(folders: list[Path]) -> list[Path]:
    for folder in folders:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}. Give the folder that has DfE's tables.")
    return folders


def _write_csv(path: Path, lines: Any) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(FORECAST_COLUMNS)
            writer.writerows(lines)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}. Choose another place.") from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}. Choose another place.") from error


def _json(record: Record) -> str:
    return as_json({**record.as_dict(), "compared": record.compared()})


def _text(record: Record) -> str:
    lines = [
        {"horizon": row.horizon, "category": row.category, "rule": row.rule, "n": row.scores.n}
        | {key: _figure(getattr(row.scores, key)) for key in list(COLUMNS)[4:]}
        for row in record.rows
    ]
    heading = (
        f"{record.councils} councils, forecast from January {', '.join(map(str, record.origins))}; "
        f"outcomes to January {record.last_year}; seed {record.seed}"
    )
    return (
        f"{heading}\n\n{table(lines, COLUMNS)}" if lines else f"{heading}\n\nNo outcome is in the data yet."
    )


def _figure(value: float | None) -> str:
    return "–".rjust(7) if value is None else f"{value:7.2f}"
