"""Reports as figures, charts and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import QueryDict
from django.utils.safestring import SafeString

from goldenthread.casework.enums import Status
from goldenthread.casework.queries.caseload import NOT_KNOWN, OVER_25, RESOURCED, SEN_UNIT, Caseload
from goldenthread.casework.queries.reports import Backlog, Timeliness, Waiting
from goldenthread.core import charts
from goldenthread.core.ui.filters import percent
from goldenthread.core.ui.parts import Link, Stat
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.people.enums import SettingGroup
from goldenthread.statute.codes import codeset

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_AGES = {
    "under_5": "Under 5",
    "5_to_10": "5 to 10",
    "11_to_15": "11 to 15",
    "16_to_19": "16 to 19",
    "20_to_25": "20 to 25",
    OVER_25: "Over 25",
}


def download_links(params: QueryDict, table: Table) -> list[Link]:
    """The files of a table."""
    out = []
    for kind, text in (("csv", "Download as CSV"), ("xlsx", "Download for Excel")):
        query = params.copy()
        query["download"], query["table"] = kind, table.id
        out.append(Link(text, f"?{query.urlencode()}", hidden=table.caption))
    return out


def count_again(params: QueryDict) -> str:
    """The address of the same report, counted now."""
    query = params.copy()
    query["afresh"] = "1"
    return f"?{query.urlencode()}"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _shares(one: Timeliness) -> tuple[float | None, float | None]:
    every = _share(one.within_20_weeks, one.issued)
    return every, _share(one.within_20_weeks_excluding_exceptions, one.issued_excluding_exceptions)


def timeliness_stats(whole: Timeliness, before: Timeliness) -> list[Stat]:
    """The year in four figures, beside the year before."""
    every, without = _shares(whole)
    last, last_without = _shares(before)
    return [
        Stat("Plans within 20 weeks", percent(every), note=f"the year before: {percent(last)}"),
        Stat("Leaving out exceptions", percent(without), note=f"the year before: {percent(last_without)}"),
        Stat("Plans issued", whole.issued, note=f"the year before: {before.issued:,}"),
        Stat("After more than a year", whole.over_52_weeks, note="52 weeks or longer"),
    ]


def timeliness_chart(months: Sequence[Timeliness], year: int, today: date) -> SafeString:
    """The two shares by month; months to come, and months without plans, are left out."""
    shares = [_shares(one) for one in months]
    series = {
        "All plans": [pair[0] for pair in shares],
        "Leaving out exceptions": [pair[1] for pair in shares],
    }
    known = [one for one in months if one.issued]
    words = f"Share of plans issued in each month of {year} that went out within 20 weeks of the request."
    if not known:
        words = f"No plan of {year} is recorded."
    return charts.line("Plans within 20 weeks", words, list(_MONTHS), series, unit="percent")


_TIMELINESS = (
    Column("period", "Month"),
    Column("issued", "Plans issued", numeric=True),
    Column("in_time", "Within 20 weeks", numeric=True),
    Column("share", "Share", numeric=True),
    Column("exceptions", "With an exception", numeric=True),
    Column("without", "Share leaving out exceptions", numeric=True),
    Column("later", "20 to 52 weeks", numeric=True),
    Column("longest", "Over 52 weeks", numeric=True),
)


def _timeliness_row(one: Timeliness, name: str) -> Row:
    every, without = _shares(one)
    return Row(
        {
            "period": name,
            "issued": one.issued,
            "in_time": one.within_20_weeks,
            "share": percent(every),
            "exceptions": one.exceptions,
            "without": percent(without),
            "later": one.from_20_to_52_weeks,
            "longest": one.over_52_weeks,
        }
    )


def timeliness_table(months: Sequence[Timeliness], whole: Timeliness) -> Table:
    """A row for each month, then the year."""
    rows = [_timeliness_row(one, name) for one, name in zip(months, _MONTHS, strict=True)]
    rows.append(_timeliness_row(whole, f"The year {whole.period}"))
    return Table("Plans issued, by month", _TIMELINESS, rows, id="months", noun=("row", "rows"))


_WAITING = (
    Column("step", "Step"),
    Column("n", "Cases", numeric=True),
    Column("median", "Median days", numeric=True),
    Column("p80", "Four in five took at most", numeric=True),
    Column("longest", "Longest", numeric=True),
)


def waiting_table(found: Sequence[Waiting]) -> Table:
    """A row for each step."""
    rows = [
        Row({"step": one.title, "n": one.n, "median": one.median, "p80": one.p80, "longest": one.longest})
        for one in found
    ]
    return Table("Days that each step took", _WAITING, rows, id="steps")


def waiting_chart(found: Sequence[Waiting], year: int) -> SafeString:
    """The median of each step."""
    data = [(one.title, one.median) for one in found]
    return charts.bar(
        "Median days for each step", f"For the cases that finished the step in {year}.", data, measure="Days"
    )


def backlog_table(found: Sequence[Backlog]) -> Table:
    """A row for each status, a column for each band of weeks."""
    bands = list(found[0].by_band) if found else []
    columns = (
        Column("status", "Stage"),
        *(Column(f"band{at}", name.capitalize(), numeric=True) for at, name in enumerate(bands)),
        Column("unknown", "Not known", numeric=True),
        Column("total", "All", numeric=True),
    )
    rows = [_backlog_row(one.title, one.by_band, one.not_known, one.total, bands) for one in found]
    totals = {name: sum(one.by_band[name] for one in found) for name in bands}
    unknown, total = sum(one.not_known for one in found), sum(one.total for one in found)
    rows.append(_backlog_row("All open requests", totals, unknown, total, bands))
    return Table("Open requests by weeks since the request", columns, rows, id="weeks")


def _backlog_row(
    name: str, by_band: Mapping[str, int], unknown: int, total: int, bands: Sequence[str]
) -> Row:
    cells = {f"band{at}": by_band[band] for at, band in enumerate(bands)}
    return Row({"status": name, "unknown": unknown, "total": total} | cells)


def backlog_chart(found: Sequence[Backlog]) -> SafeString:
    """Open requests by band, a column for each status."""
    bands = list(found[0].by_band) if found else []
    series = {one.title: [one.by_band[band] for band in bands] for one in found}
    labels = [
        band.replace(" weeks", "").replace("under ", "<").replace(" to ", "–").replace(" or more", "+")
        for band in bands
    ]
    return charts.columns(
        "Open requests by age", "Weeks since the request reached the council.", labels, series
    )


def caseload_stats(found: Caseload) -> list[Stat]:
    """The day in figures."""
    return [
        Stat("Plans maintained", found.plans),
        Stat("Open requests", found.open_requests),
        Stat("Plans ceased this year", found.ceased_in_year, note="from 1 January to that day"),
    ]


def _named(counts: Mapping[str, int], names: Mapping[str, str]) -> list[tuple[str, int]]:
    return [(names.get(key, key), number) for key, number in counts.items()]


def _largest_first(rows: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(rows, key=lambda pair: -pair[1])


def _needs(found: Caseload) -> list[tuple[str, int]]:
    names = dict(codeset("sen_type").choices()) | {NOT_KNOWN: "Not known"}
    return _largest_first(_named(found.plans_by_need, names))


def _settings(found: Caseload) -> list[tuple[str, int]]:
    names = {str(one): str(one.label) for one in SettingGroup}
    names |= {
        SEN_UNIT: "SEN unit in a mainstream school",
        RESOURCED: "Resourced provision in a mainstream school",
    }
    return _largest_first(_named(found.plans_by_setting, names))


def caseload_charts(found: Caseload) -> list[SafeString]:
    """Needs, settings and ages as bars."""
    ages = [
        (name, number) for name, number in _named(found.plans_by_age, _AGES) if number or name != "Over 25"
    ]
    return [
        charts.bar("Plans by main need", "Plans maintained on the day.", _needs(found), measure="Plans"),
        charts.bar("Plans by age", "Age in whole years on the day.", ages, measure="Plans"),
        charts.bar(
            "Plans by kind of setting", "Plans maintained on the day.", _settings(found), measure="Plans"
        ),
    ]


def _count_table(key: str, title: str, what: str, rows: Sequence[tuple[str, int]]) -> Table:
    total = sum(number for _, number in rows)
    columns = (
        Column("what", what),
        Column("n", "Number", numeric=True),
        Column("share", "Share", numeric=True),
    )
    made = [
        Row({"what": name, "n": number, "share": percent(_share(number, total))}) for name, number in rows
    ]
    return Table(title, columns, made, id=key, noun=("row", "rows"), empty="There are none.")


def caseload_tables(found: Caseload) -> list[Table]:
    """Each part of the caseload as a table."""
    stages = _named(found.open_requests_by_status, {str(one): str(one.label) for one in Status})
    reasons = _named(
        found.ceased_in_year_by_reason, dict(codeset("cease_reason").choices()) | {NOT_KNOWN: "Not known"}
    )
    return [
        _count_table("stages", "Open requests by stage", "Stage", stages),
        _count_table("needs", "Plans by main need", "Main need", _needs(found)),
        _count_table("ages", "Plans by age", "Age", _named(found.plans_by_age, _AGES)),
        _count_table("settings", "Plans by kind of setting", "Kind of setting", _settings(found)),
        _count_table("ceased", "Plans ceased this year, by reason", "Reason", _largest_first(reasons)),
    ]
