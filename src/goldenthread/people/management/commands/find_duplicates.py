"""`manage find_duplicates`: look through all records for those that may be one person."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from goldenthread.core.actors import System
from goldenthread.people.actions import look_for_duplicates


class Command(BaseCommand):
    """Does what the nightly job does, now."""

    help = "Look for records that may be one person. The list is on the page Possible duplicates."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, and print how many pairs look alike."""
        count = look_for_duplicates(by=System.COMMAND)
        self.stdout.write(f"{count:,} pairs of records look alike.")
