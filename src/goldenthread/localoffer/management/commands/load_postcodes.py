"""Puts the postcodes of the country where the search looks for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldenthread.localoffer.search import places, postcodes


class Command(BaseCommand):
    """`manage load_postcodes [FILE.csv]`."""

    help = "Load postcodes from an ONS Postcode Directory (CSV), or from the installed package of it."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, if not the package."""
        parser.add_argument("file", type=Path, nargs="?", help="a CSV with pcds, oseast1m and osnrth1m")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them. Raises CommandError with the reason where they cannot be read."""
        try:
            if options["file"] is None:
                count = postcodes.write(postcodes.from_package(), places.file())
            else:
                with options["file"].open(encoding="utf-8-sig", newline="") as file:
                    count = postcodes.write(postcodes.from_csv(file), places.file())
        except (postcodes.NoPostcodesError, UnicodeDecodeError) as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        self.stdout.write(f"{count:,} postcodes are loaded.")
