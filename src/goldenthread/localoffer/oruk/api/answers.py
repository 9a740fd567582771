"""Answers of the feed: JSON open to every site, with an ETag, and refusals that say how to mend them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from itertools import islice
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response

from goldenthread.core.access import public
from goldenthread.localoffer.oruk.api import throttle
from goldenthread.localoffer.oruk.api.parameters import BadParameter

# An entry that was taken down is gone from caches after a minute.
MAX_AGE: Final = 60
_OPEN: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, X-Request-ID",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
Answer = HttpResponse | StreamingHttpResponse
View = Callable[..., Answer]


class NoSuchRecord(Exception):  # noqa: N818 - says what it is
    """There is no public record of this id."""


def feed(view: View) -> View:
    """Make a view an endpoint: open, throttled, read only, and its refusals JSON."""

    @public
    @wraps(view)
    def endpoint(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        response = _answer(view, request, *args, **kwargs)
        for name, value in _OPEN.items():
            response.headers[name] = value
        return response

    return endpoint


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS"})
    if request.method not in {"GET", "HEAD"}:
        refused = refusal(405, "The feed can only be read.", "Ask with GET.")
        refused.headers["Allow"] = "GET, HEAD, OPTIONS"
        return refused
    wait = throttle.seconds_to_wait(request)
    if wait:
        refused = refusal(
            429, "Too many requests in a minute from your address.", f"Wait {wait} seconds and go on."
        )
        refused.headers["Retry-After"] = str(wait)
        return refused
    try:
        return view(request, *args, **kwargs)
    except BadParameter as bad:
        return refusal(400, bad.message, bad.mend, parameter=bad.name)
    except NoSuchRecord:
        return refusal(404, "There is no public record of this id.", "Take ids from the list.")


def refusal(status: int, message: str, mend: str, **more: str) -> HttpResponse:
    """A refusal as JSON. Kept by no cache."""
    body = {"status": status, "message": message, "mend": mend, **more}
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def as_json(request: HttpRequest, body: Any) -> HttpResponse:
    """The body as JSON with its ETag, or 304 where the client has it already."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": f"public, max-age={MAX_AGE}"}
    response = HttpResponse(text, content_type="application/json", headers=headers)
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response


def as_lines(chunks: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """One record a line, written while they are read, so that memory does not grow with the directory."""

    def lines() -> Iterator[bytes]:
        for chunk in chunks:
            yield "".join(
                json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in chunk
            ).encode()

    headers = {"Cache-Control": f"public, max-age={MAX_AGE}"}
    return StreamingHttpResponse(lines(), content_type="application/x-ndjson", headers=headers)


def in_chunks(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The rows, so many at a time."""
    left = iter(rows)
    return iter(lambda: list(islice(left, size)), [])
