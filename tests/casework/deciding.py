"""Decides every request there is, one after the other: run by a test that kills it half way."""

from __future__ import annotations

import django


def main() -> None:
    """Decide to assess each open request, telling of each when it is done."""
    from goldenthread.casework import actions
    from goldenthread.casework.models import Case
    from goldenthread.core.actors import System

    for case in Case.objects.filter(status="requested").order_by("pk"):
        actions.decide_to_assess(case_id=case.pk, yes=True, on=case.received_on, by=System.COMMAND)
        print(case.pk, flush=True)


if __name__ == "__main__":
    django.setup()
    main()
