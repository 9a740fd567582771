"""What the growth of every council says of this one's, from DfE's tables where they are loaded."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Outlook
from goldenthread.forecast.outlooks import Outlooks, fit_outlooks
from goldenthread.planning.enums import InputKind
from goldenthread.planning.models import InputVersion
from goldenthread.planning.queries.inputs import rows_of
from goldenthread.planning.queries.money import Versions
from goldenthread.planning.reading.dfe import from_content


def outlook_of(versions: Versions, base_year: int, horizon: int) -> tuple[Outlook | None, list[str]]:
    """The outlook for this council's plans, and in plain words what was done without."""
    version = versions.get(InputKind.DFE)
    if version is None:
        return None, [
            "DfE's tables are not loaded: how fast plans grow, and how far a forecast may miss, is learnt "
            "from this council's records alone."
        ]
    council = version.about["council"]
    if not council:
        return None, ["DfE's tables do not have this council, so nothing is learnt from others."]
    try:
        outlook = _fitted(version.pk, base_year, horizon).outlook(council)
    except ForecastError as error:
        return None, [f"DfE's tables could not be used for January {base_year}: {error}"]
    words = f"Growth is learnt from every local authority as published for January {base_year}"
    return outlook, [f"{words}, for the council with DfE's code {council}."]


@lru_cache(maxsize=8)
def _fitted(version_id: UUID, base_year: int, horizon: int) -> Outlooks:
    """Versions never change, so what was learnt from one stays true."""
    version = InputVersion.objects.get(pk=version_id)
    return fit_outlooks(from_content(rows_of(version)), base_year, horizon)
