"""`manage match_registers [--gias] [--ofsted FILE]`: compare entries with the registers by URN."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldenthread.core.actors import System
from goldenthread.core.refusals import Refusal
from goldenthread.localoffer import actions
from goldenthread.localoffer.enums import Register, RegisterState
from goldenthread.localoffer.registers import read_ofsted


class Command(BaseCommand):
    """Compares and tells; what is done about it an editor decides on the page “Registers”."""

    help = (
        "Match entries by URN with GIAS (as import_settings loaded it) or an Ofsted file. No entry changes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which register."""
        parser.add_argument("--gias", action="store_true", help="the settings that this system holds")
        parser.add_argument("--ofsted", type=Path, metavar="FILE", help="Ofsted's childcare providers, CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        """Match. Raises CommandError with the reason where a file cannot be read."""
        if not options["gias"] and not options["ofsted"]:
            raise CommandError("Say which register: --gias, or --ofsted FILE.")
        if options["gias"]:
            self._print("GIAS", actions.match_register(by=System.COMMAND, register=Register.GIAS))
        path = options["ofsted"]
        if path:
            try:
                rows = read_ofsted(path.read_bytes(), path.name, settings.COUNCIL_NAME)
                found = actions.match_register(by=System.COMMAND, register=Register.OFSTED, rows=rows)
            except OSError as error:
                raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
            except Refusal as refusal:
                raise CommandError(f"{refusal.message} {refusal.mend}".strip()) from refusal
            self._print("Ofsted", found)

    def _print(self, name: str, found: Any) -> None:
        told = ", ".join(f"{found[state.value]:,} {state.label.lower()}" for state in RegisterState)
        self.stdout.write(f"{name}: {told}.")
