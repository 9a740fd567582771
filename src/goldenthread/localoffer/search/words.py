"""Text to words: folded to small plain letters, and cut to a stem so that `clubs` finds `club`. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

VERSION: Final = "1"
LONGEST: Final = 40
_COMMON: Final = """
    a about after all am an and any are as at be been but by can cant could did do does doing dont for
    from get gets getting give go had has have he her him his how i if im in into is it its ive just like
    looking me more my near need needs of off on or our out shall she should so some than that the their
    them then there these they this to too up us want wants was we were what when where which who why will
    with won wont would you your child children kid kids son daughter help find
"""
STOP: Final = frozenset(_COMMON.split())
_POSSESSIVE: Final = re.compile(r"['’`´]s\b")
_INSIDE: Final = re.compile(r"['’`´]")
_WORD: Final = re.compile(r"[^\W_]+")
_VOWEL: Final = re.compile(r"[aeiouy]")
_UNDOUBLED: Final = frozenset("bdgmnprt")


def tokens(text: str) -> list[str]:
    """The words of a text in order: small letters without accents; `O'Brien's` is `obrien`."""
    small = text.lower() if text.isascii() else _plain(text)
    if "'" in small or "’" in small or "`" in small or "´" in small:
        small = _INSIDE.sub("", _POSSESSIVE.sub("", small))
    return [word[:LONGEST] for word in _WORD.findall(small.replace("&", " and "))]


def _plain(text: str) -> str:
    taken_apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in taken_apart if unicodedata.category(char) != "Mn")


def folded(text: str) -> str:
    """A name by which to sort: its words in small plain letters."""
    return " ".join(tokens(text))[:255]


@lru_cache(maxsize=131_072)
def stem(word: str) -> str:
    """What a word shares with its other forms: the first steps of Porter's rules, and a last `e` left out.

    `clubs`, `club`: club. `swimming`, `swims`: swim. `activities`, `activity`: activiti. `nurse`: nurs.
    Words of up to three letters, or with digits, stay.
    """
    if len(word) <= 3 or not (word.isascii() and word.isalpha()):
        return word
    cut = _without_plural(word)
    for ending in ("ing", "ed"):
        rest = cut.removesuffix(ending)
        if rest != cut and len(rest) >= 3 and _VOWEL.search(rest):
            doubled = rest[-1] == rest[-2] and rest[-1] in _UNDOUBLED
            cut = rest[:-1] if doubled and len(rest) > 3 else rest
            break
    if cut.endswith("y") and len(cut) > 3 and cut[-2] not in "aeiou":
        return cut[:-1] + "i"
    return cut[:-1] if cut.endswith("e") and len(cut) > 3 else cut


def _without_plural(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
