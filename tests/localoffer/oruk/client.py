"""The feed as tests ask for it, and as the checker reads it: through the site, without a network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from goldenthread.localoffer.oruk.checker.sources import Answer, Unreadable, parse

ROOT = "/oruk/v3"


def get(path: str, **query: Any) -> Any:
    """The parsed answer of an address that must answer."""
    response = Client().get(f"{ROOT}{path}", query)
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def refused(path: str, status: int, **query: Any) -> dict[str, str]:
    """The parsed refusal of an address that must refuse."""
    response = Client().get(f"{ROOT}{path}", query)
    assert response.status_code == status, response.content
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    found: dict[str, str] = json.loads(response.content)
    return found


def all_ids(path: str, **query: Any) -> list[str]:
    """The ids of every page."""
    found: list[str] = []
    for number in range(1, 1000):
        page = get(path, page=number, **query)
        found += [one["id"] for one in page["contents"]]
        if page["last_page"]:
            return found
    raise AssertionError("the pages never end")


def lines(path: str, **query: Any) -> list[dict[str, Any]]:
    """The records of an NDJSON answer."""
    response = Client().get(f"{ROOT}{path}", {"format": "ndjson", **query})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/x-ndjson"
    text = b"".join(response.streaming_content).decode()  # type: ignore[arg-type]
    return [json.loads(line) for line in text.splitlines()]


class Site:
    """A feed source that asks the site itself."""

    name = "https://localoffer.example"
    is_network = True

    def get(self, path: str, query: Mapping[str, str | int] | None = None) -> Answer:
        """The answer at a path."""
        tail = f"?{urlencode(query)}" if query else ""
        response = Client().get(f"{ROOT}{path}{tail}")
        if response.status_code != 200:
            raise Unreadable(f"It answers with status {response.status_code}, not 200.")
        return Answer(
            parse(response.content, "The answer"),
            headers={name.lower(): value for name, value in response.headers.items()},
        )
