"""The check itself: the details, every page of every list, and every id that the pages name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final
from urllib.parse import quote

from goldenthread.localoffer.oruk.checker.findings import ERROR, WARNING, Counted, Finding, Report
from goldenthread.localoffer.oruk.checker.paging import Paging
from goldenthread.localoffer.oruk.checker.shapes import ENDPOINTS, ROOT, VERSION, Endpoint
from goldenthread.localoffer.oruk.checker.sources import Answer, Source, Unreadable
from goldenthread.localoffer.oruk.checker.specification import Specification

SLOW: Final = 5.0
MOST_PAGES: Final = 100_000
Progress = Callable[[str], None]


class FeedCheck:
    """Reads one feed to its end and gathers what is wrong with it."""

    def __init__(
        self,
        source: Source,
        specification: Specification,
        *,
        most_ids: int | None = None,
        progress: Progress = lambda _line: None,
    ) -> None:
        """`most_ids` bounds how many single records are read at each endpoint; None reads every one."""
        self.source, self.specification = source, specification
        self.most_ids, self.progress = most_ids, progress
        self.report = Report(feed=source.name)

    def run(self) -> Report:
        """The whole check. Never raises for what a feed does."""
        self._details()
        for endpoint in ENDPOINTS:
            ids = self._list(endpoint)
            # A folder has one file for all ids of an endpoint.
            wanted = ids[: self.most_ids] if self.source.is_network else ids[:1]
            for one in wanted:
                self._single(endpoint, one)
            self.progress(f"{endpoint.path}: {len(ids):,} records, {len(wanted):,} of them read singly")
        return self.report

    def _details(self) -> None:
        answer = self._get(ROOT, ROOT, required=True)
        if answer is None:
            return
        self._schema(ROOT, ROOT, self.specification.wrong_details(answer.body), required=True)
        self._nulls(ROOT, ROOT, answer.body, required=True)
        version = answer.body.get("version") if isinstance(answer.body, dict) else None
        self.report.version = str(version)
        if version != VERSION:
            message = f'"version" is {version!r}. Give "{VERSION}": validators take any other for 1.0.'
            self._add(ERROR, ROOT, ROOT, "version", message, required=True)
        if self.source.is_network:
            self._openness(answer)

    def _openness(self, answer: Answer) -> None:
        if answer.headers.get("access-control-allow-origin") != "*":
            message = "Access-Control-Allow-Origin is not *: pages of other sites cannot read the feed."
            self._add(WARNING, ROOT, ROOT, "cors", message, required=True)
        if not self.source.name.startswith("https://"):
            self._add(WARNING, ROOT, ROOT, "https", "The feed is not served over HTTPS.", required=True)

    def _list(self, endpoint: Endpoint) -> list[str]:
        """Check every page; the ids that they name, in order."""
        paging = Paging()
        for number in range(1, MOST_PAGES + 1):
            address = f"{endpoint.path}?page={number}"
            answer = self._get(
                endpoint.path, endpoint.path, {"page": number}, address=address, required=endpoint.required
            )
            if answer is None:
                break
            faults = self.specification.wrong_page(endpoint.shape, answer.body)
            self._schema(endpoint.path, address, faults, endpoint.required)
            self._nulls(endpoint.path, address, answer.body, endpoint.required)
            for kind, message in paging.wrong(number, answer.body):
                self._add(ERROR, endpoint.path, address, kind, message, endpoint.required)
            if paging.is_over(number) or not self.source.is_network:
                break
        for kind, message in paging.wrong_in_all() if self.source.is_network else ():
            self._add(ERROR, endpoint.path, endpoint.path, kind, message, endpoint.required)
        self._count(endpoint.path).items = len(paging.ids)
        if not paging.ids and endpoint.path not in self.report.endpoints_with_errors():
            message = "The list is empty, so nothing could be checked."
            self._add(WARNING, endpoint.path, endpoint.path, "empty", message, endpoint.required)
        return list(paging.ids)

    def _single(self, endpoint: Endpoint, key: str) -> None:
        path = f"{endpoint.path}/{quote(key, safe='')}"
        answer = self._get(endpoint.single, path, required=endpoint.required)
        if answer is None:
            return
        faults = self.specification.wrong_record(endpoint.shape, answer.body)
        self._schema(endpoint.single, path, faults, endpoint.required)
        self._nulls(endpoint.single, path, answer.body, endpoint.required)
        given = answer.body.get("id") if isinstance(answer.body, dict) else None
        if given is not None and given != key and self.source.is_network:
            message = f"Asked for {key}, the record of {given} comes."
            self._add(ERROR, endpoint.single, path, "another id", message, endpoint.required)

    def _get(
        self,
        endpoint: str,
        path: str,
        query: dict[str, str | int] | None = None,
        *,
        address: str = "",
        required: bool,
    ) -> Answer | None:
        address = address or path
        try:
            answer = self.source.get(path, query)
        except Unreadable as error:
            self._add(ERROR, endpoint, address, "unreadable", str(error), required)
            return None
        self._count(endpoint).answers += 1
        for note in answer.notes:
            self._add(WARNING, endpoint, address, "redirect", f"It {note}.", required)
        if answer.seconds > SLOW:
            message = f"It took {answer.seconds:.1f} seconds, more than {SLOW:g}."
            self._add(WARNING, endpoint, address, "slow", message, required)
        return answer

    def _schema(self, endpoint: str, address: str, faults: Iterable[Any], required: bool) -> None:
        for fault in faults:
            where = ".".join(str(step) for step in fault.absolute_path) or "the whole answer"
            kind = f"{fault.validator}: {_general(fault.absolute_path)}"
            self._add(ERROR, endpoint, address, kind, f"{where}: {_short(fault.message)}", required)

    def _nulls(self, endpoint: str, address: str, body: Any, required: bool) -> None:
        for where in nulls(body):
            message = f"{where} is null. Leave out what there is nothing to say of."
            self._add(ERROR, endpoint, address, "null", message, required)

    def _count(self, endpoint: str) -> Counted:
        return self.report.read.setdefault(endpoint, Counted())

    def _add(
        self, severity: str, endpoint: str, address: str, kind: str, message: str, required: bool
    ) -> None:
        self.report.add(Finding(severity, endpoint, address, kind, message, required))


def nulls(body: Any) -> Iterator[str]:
    """Where in an answer a null stands, as a path."""
    left: list[tuple[str, Any]] = [("", body)]
    while left:
        where, value = left.pop()
        if value is None:
            yield where or "the whole answer"
        elif isinstance(value, dict):
            left += [(f"{where}.{key}".lstrip("."), part) for key, part in value.items()]
        elif isinstance(value, list):
            left += [(f"{where}.{number}".lstrip("."), part) for number, part in enumerate(value)]


def _general(path: Iterable[Any]) -> str:
    """A path without its numbers, so that the same fault of many records counts as one kind."""
    return ".".join("*" if isinstance(step, int) else str(step) for step in path) or "answer"


def _short(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:200]}…"
