"""Statistical neighbours, from DfE's local authority interactive tool."""

from __future__ import annotations

from pathlib import Path

from goldenthread.forecast.published.errors import PublishedError

SHEET = "LA SN Groups"


def read_neighbours(path: Path) -> dict[str, tuple[str, ...]]:
    """Return for each local authority the codes of its statistical neighbours, nearest first.

    Reads statistical_neighbours_*.xlsx as DfE publishes it (needs the package python-calamine). Raises
    PublishedError if the sheet is not there or a council has no neighbours.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # a workbook reader only this needs

    try:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_name(SHEET).to_python()
    except (CalamineError, OSError) as error:
        raise PublishedError(
            f"there is no sheet {SHEET} to be read", "Take the workbook as DfE publishes it.", file=path
        ) from error
    start = next((at for at, row in enumerate(rows) if str(row[0]).strip() == "LA num"), None)
    if start is None:
        raise PublishedError(
            "there is no heading LA num", "Take the workbook as DfE publishes it.", file=path
        )
    wanted = [
        at
        for at, name in enumerate(rows[start])
        if str(name).strip().startswith("SN") and str(name)[2:].isdigit()
    ]
    found: dict[str, tuple[str, ...]] = {}
    for row, cells in enumerate(rows[start + 1 :], start + 2):
        code = _code(cells[0])
        if not code:
            continue
        near = tuple(neighbour for at in wanted if (neighbour := _code(cells[at])))
        if not near:
            raise PublishedError(
                "no neighbours are given", "Write their codes.", file=path, row=row, value=code
            )
        found[code] = near
    return found


def _code(cell: object) -> str:
    text = str(cell).strip().removesuffix(".0")
    return text if len(text) == 3 and text.isdigit() else ""
