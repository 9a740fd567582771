"""`manage import_dfe DIR [--council CODE] [--source WORDS]`: DfE's tables of every local authority."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldenthread.core.actors import System
from goldenthread.core.refusals import Refusal
from goldenthread.planning import actions

SOURCE = "Department for Education, Education, health and care plans (Open Government Licence v3.0)"


class Command(BaseCommand):
    """Reads and checks the tables, and stores them as the newest version of their kind."""

    help = "Store DfE's published tables on EHC plans, for forecasts to learn from every council."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which folder, and whose figures are this council's."""
        parser.add_argument("folder", type=Path, help="with DfE's tables as CSV, here or in folders below")
        parser.add_argument("--council", default="", help="DfE's code of this council, if not GT_LA_CODE")
        parser.add_argument("--source", default=SOURCE, help="where the tables come from, in words")

    def handle(self, *args: Any, **options: Any) -> None:
        """Store them. Raises CommandError with the file and the cell that cannot be right."""
        try:
            version = actions.import_dfe(
                by=System.COMMAND,
                folder=options["folder"],
                source=options["source"],
                council=options["council"],
            )
        except Refusal as refusal:
            raise CommandError(f"{refusal.message} {refusal.mend}".strip()) from refusal
        about = version.about
        self.stdout.write(
            f"{version}: {about['councils']} local authorities, January {about['first_year']} to "
            f"{about['last_year']}."
        )
        if not about["council"]:
            self.stdout.write(
                "This council is not among them, so forecasts cannot use them. Say which it is: --council."
            )
