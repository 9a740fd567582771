"""Who may do what with people's records. Which records they may see: `queries.visible`."""

from __future__ import annotations

from goldenthread.core.actors import Actor
from goldenthread.core.permissions import require


def check_can_edit(by: Actor) -> None:
    """May change a child's or young person's record, contacts, and lists of partners. Raises NotPermitted."""
    require(by, "people.edit", "Only casework staff may change this record.")


def check_can_merge(by: Actor) -> None:
    """May decide whether two records are one person. Raises NotPermitted."""
    require(by, "people.merge", "Only a SEND casework manager may merge records or say that they differ.")


def check_can_import_settings(by: Actor) -> None:
    """May load the register of settings. Raises NotPermitted."""
    require(
        by, "people.import_settings", "Only a manager or an administrator may load the register of settings."
    )
