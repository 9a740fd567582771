"""Encrypts what must be stored and a copy of the database must not give away: links that wait to be sent,
and the secrets of authenticator apps.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealBroken(Exception):  # noqa: N818 - the field's word
    """The text was sealed with another key, or changed."""


def _box() -> MultiFernet:
    """Seals with the site's key; opens with it or with an older one (GT_OLD_SECRET_KEYS)."""
    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(secret: str) -> Fernet:
    key = hashlib.sha256(b"goldenthread.sealing:" + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(text: str) -> str:
    """The text encrypted with the site's key; nothing for nothing."""
    return _box().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """What was sealed. Raises SealBroken if the site's key is another one now."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealBroken("sealed with another key") from error
