"""Where a feed is read from: the network, with every answer bounded in time and size, or a folder."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlencode, urljoin, urlsplit

from goldenthread.localoffer.oruk.checker.shapes import ENDPOINTS

TIMEOUT: Final = 30.0
LARGEST: Final = 50_000_000
REDIRECTS: Final = 5
WAITS: Final = 5
LONGEST_WAIT: Final = 120
_CHUNK: Final = 65_536


class Unreadable(Exception):  # noqa: N818 - says what the answer is
    """There is no answer that can be used; the message says why and what to do about it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A JSON answer: the parsed body, seconds it took, headers in lower case, notes on how it came."""

    body: Any
    seconds: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Source(Protocol):
    """Something that answers as a feed does."""

    name: str
    is_network: bool

    def get(self, path: str, query: Mapping[str, str | int] | None = None) -> Answer:
        """The answer at a path below the base. Raises Unreadable."""


def parse(body: bytes, what: str) -> Any:
    """JSON of an answer. Raises Unreadable for anything else, and for numbers that JSON does not have."""
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        start = body[:60].decode("utf-8", "replace").strip().replace("\n", " ")
        raise Unreadable(f"{what} is not JSON ({error}). It starts: {start!r}.") from error


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number of JSON")


class Folder:
    """A folder of answers as files: `api_details.json`, `service_list.json`, `service_full.json`…

    The same file answers every page and every id, as in the mock feeds of the official validator: so of a
    folder one page and one id of each endpoint are checked, and nothing that only several can show.
    """

    is_network = False

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, str(folder)

    def get(self, path: str, query: Mapping[str, str | int] | None = None) -> Answer:
        """The file that stands for the path. Raises Unreadable where there is none."""
        names = self._names(path)
        for name in names:
            file = self.folder / name
            if file.is_file():
                if file.stat().st_size > LARGEST:
                    raise Unreadable(f"{name} is larger than {LARGEST // 1_000_000} MB.")
                return Answer(parse(file.read_bytes(), name))
        raise Unreadable(f"There is no file {' or '.join(names)} in the folder.")

    @staticmethod
    def _names(path: str) -> list[str]:
        if path == "/":
            return ["api_details.json"]
        shape = next(one.shape for one in ENDPOINTS if path.split("/")[1] == one.path[1:])
        is_list = path.count("/") == 1
        return [f"{shape}_list.json"] if is_list else [f"{shape}_full.json", f"{shape}.json"]


class Network:
    """A feed at an address. One connection is kept open; redirects are followed, and told."""

    is_network = True

    def __init__(
        self,
        base: str,
        *,
        timeout: float = TIMEOUT,
        largest: int = LARGEST,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`timeout` is in seconds for a whole answer. Raises ValueError for what is no web address."""
        parts = urlsplit(base)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{base} is not a web address: it starts with https://")
        self.name = self.base = base.rstrip("/")
        self._timeout, self._largest, self._sleep = timeout, largest, sleep
        self._open: tuple[tuple[str, str], http.client.HTTPConnection] | None = None

    def get(self, path: str, query: Mapping[str, str | int] | None = None) -> Answer:
        """The answer at a path. Raises Unreadable, with the reason in words."""
        url = self.base + (path if path != "/" else "/") + (f"?{urlencode(query)}" if query else "")
        notes: list[str] = []
        waits = 0
        for _ in range(REDIRECTS + WAITS + 1):
            started = time.monotonic()
            status, headers, body = self._fetch(url)
            seconds = time.monotonic() - started
            if status in {301, 302, 303, 307, 308}:
                if len(notes) == REDIRECTS:
                    break
                url = self._redirected(url, headers)
                notes.append(f"redirects to {urlsplit(url)._replace(query='').geturl()}")
            elif status == 429 and waits < WAITS:
                waits += 1
                self._sleep(_wait(headers))
            elif status != 200:
                raise Unreadable(f"It answers with status {status}, not 200.")
            else:
                return Answer(parse(body, "The answer"), seconds, headers, tuple(notes))
        raise Unreadable(f"It redirects more than {REDIRECTS} times.")

    @staticmethod
    def _redirected(url: str, headers: Mapping[str, str]) -> str:
        target = urljoin(url, headers.get("location", ""))
        if urlsplit(target).scheme not in {"http", "https"} or not headers.get("location"):
            raise Unreadable("It redirects to something that is not a web address.")
        return target

    def _fetch(self, url: str) -> tuple[int, dict[str, str], bytes]:
        try:
            try:
                return self._ask(url)
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # A server may close a connection that it kept open; once more on a new one.
                self.close()
                return self._ask(url)
        except TimeoutError as error:
            self.close()
            raise Unreadable(f"There was no whole answer within {self._timeout:g} seconds.") from error
        except ssl.SSLError as error:
            self.close()
            raise Unreadable(f"The secure connection fails: {error.reason or error}.") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise Unreadable(f"There is no connection ({error or type(error).__name__}).") from error

    def _ask(self, url: str) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(url)
        connection = self._connection(parts.scheme, parts.netloc.rpartition("@")[2])
        until = time.monotonic() + self._timeout
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"Accept": "application/json", "User-Agent": "check_oruk"})
        response = connection.getresponse()
        body = self._body(response, until)
        return response.status, {key.lower(): value for key, value in response.getheaders()}, body

    def _body(self, response: http.client.HTTPResponse, until: float) -> bytes:
        """The body, unless it is too large or drips too slowly."""
        parts: list[bytes] = []
        size = 0
        while part := response.read1(_CHUNK):
            size += len(part)
            parts.append(part)
            if size > self._largest:
                self.close()
                raise Unreadable(
                    f"The answer is larger than {self._largest / 1_000_000:g} MB: stopped there."
                )
            if time.monotonic() > until:
                raise TimeoutError
        response.close()
        return b"".join(parts)

    def _connection(self, scheme: str, host: str) -> http.client.HTTPConnection:
        if self._open and self._open[0] == (scheme, host):
            return self._open[1]
        self.close()
        kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
        self._open = (scheme, host), kind(host, timeout=self._timeout)
        return self._open[1]

    def close(self) -> None:
        """Close the connection."""
        if self._open:
            self._open[1].close()
            self._open = None


def _wait(headers: Mapping[str, str]) -> float:
    """Seconds that a busy feed asks us to wait, within reason."""
    asked = headers.get("retry-after", "")
    return min(float(asked), LONGEST_WAIT) if asked.isdecimal() else 5.0
