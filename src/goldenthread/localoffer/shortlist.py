"""The keys of a shortlist as a cookie and an address hold them: nothing of who chose them. Pure."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

MOST: Final = 50
_LENGTH: Final = 22


def written(keys: Iterable[UUID]) -> str:
    """The keys, 22 letters each, with dots between."""
    return ".".join(urlsafe_b64encode(key.bytes).decode().rstrip("=") for key in keys)


def read(text: str) -> tuple[UUID, ...]:
    """The keys in a text, each once, at most 50. What is none is left out; raises nothing for any text."""
    parts = text[: MOST * 2 * (_LENGTH + 1)].split(".")
    found = dict.fromkeys(key for part in parts if (key := _key(part)) is not None)
    return tuple(found)[:MOST]


def _key(part: str) -> UUID | None:
    if len(part) != _LENGTH or not part.isascii():
        return None
    try:
        return UUID(bytes=urlsafe_b64decode(f"{part}=="))
    except (Error, ValueError):
        return None


def with_key(keys: Sequence[UUID], key: UUID) -> tuple[UUID, ...]:
    """The keys with one more at the end. Raises ValueError where 50 are there already."""
    if key in keys:
        return tuple(keys)
    if len(keys) >= MOST:
        raise ValueError(f"A shortlist holds {MOST} services. Take one off first.")
    return (*keys, key)


def without_key(keys: Sequence[UUID], key: UUID) -> tuple[UUID, ...]:
    """The keys without this one."""
    return tuple(one for one in keys if one != key)
