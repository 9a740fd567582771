"""Checks of the identifiers of a child or a setting: the normal form back, or InvalidIdentifier.

Messages say what is wrong and how to mend it, and never repeat the identifier: they may be logged.
"""

from __future__ import annotations

import re

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # no I, O or S: 23 letters for the remainders 0 to 22
TEMPORARY_ULN = "9999999999"


class InvalidIdentifier(ValueError):  # noqa: N818 - named for what it tells the person who typed it
    """The text is not such an identifier. The message says why, and how to mend it, without the text."""


def _compact(text: str) -> str:
    return re.sub(r"[\s\-]", "", text).upper()


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _exactly(name: str, text: str, length: int) -> str:
    compact = _compact(text)
    if not _digits(compact):
        raise InvalidIdentifier(f"The {name} has a character that is not a digit. It is {length} digits.")
    if len(compact) != length:
        raise InvalidIdentifier(
            f"The {name} has {len(compact)} digits and must have {length}. "
            "Check for a missing or extra digit."
        )
    return compact


def upn_check_letter(rest: str) -> str:
    """The letter in front of a UPN, from the 12 characters after it (the last may be a temporary's letter).

    The characters in places 2 to 13 are multiplied by 2 to 13 and added; the remainder on dividing by 23 is
    the letter's place. A letter in the last place counts as its own place in the same row (from memory).
    Raises InvalidIdentifier when the 12 characters cannot be part of a UPN.
    """
    if len(rest) != 12 or not _digits(rest[:11]):
        raise InvalidIdentifier("After its letter a UPN has 12 digits, the last of which may be a letter.")
    last = rest[11]
    if not _digits(last) and last not in UPN_LETTERS:
        raise InvalidIdentifier("The last character of a temporary UPN is a letter other than I, O and S.")
    values = [int(digit) for digit in rest[:11]]
    values.append(int(last) if _digits(last) else UPN_LETTERS.index(last))
    total = sum(value * weight for weight, value in enumerate(values, start=2))
    return UPN_LETTERS[total % 23]


def check_upn(text: str) -> str:
    """A UPN (current, former or temporary) without spaces, in capitals. Raises InvalidIdentifier."""
    upn = _compact(text)
    if len(upn) != 13:
        raise InvalidIdentifier(
            f"The UPN has {len(upn)} characters and must have 13: a letter and 12 digits. "
            "Check it with the school."
        )
    if upn[0] not in UPN_LETTERS:
        raise InvalidIdentifier(
            "The UPN must begin with a letter other than I, O and S. Check it with the school."
        )
    if not _digits(upn[1:12]):
        raise InvalidIdentifier(
            "The UPN must have digits after its first letter; only the last character may be a letter. "
            "Check for the letter O in place of a zero."
        )
    if upn_check_letter(upn[1:]) != upn[0]:
        raise InvalidIdentifier(
            "The first letter of the UPN does not fit its digits, so one of them is mistyped. "
            "Check it with the school."
        )
    return upn


def is_temporary_upn(upn: str) -> bool:
    """Whether a checked UPN is a temporary one: its last character is a letter."""
    return upn[-1] in UPN_LETTERS


def make_upn(la: int, establishment: int, year: int, serial: int) -> str:
    """A UPN with the right letter from its parts: LA and school numbers, year given out, serial within it.

    For fictional data. Raises InvalidIdentifier when a part does not fit (3, 4, 2 and 3 digits).
    """
    rest = f"{la:03d}{establishment:04d}{year % 100:02d}{serial:03d}"
    if min(la, establishment, serial) < 0 or len(rest) != 12:
        raise InvalidIdentifier(
            "A UPN has room for an LA number of 3 digits, a school of 4 and a serial of 3."
        )
    return upn_check_letter(rest) + rest


def uln_check_digit(nine: str) -> str | None:
    """The last digit of a ULN from its first nine, or None where those nine can have none."""
    remainder = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return None if remainder == 0 else str(10 - remainder)


def check_uln(text: str) -> str:
    """A unique learner number: 10 digits with a fitting last one. Raises InvalidIdentifier."""
    uln = _exactly("ULN", text, 10)
    if uln == TEMPORARY_ULN:
        raise InvalidIdentifier("Ten nines stand for a ULN that is not known. Leave the ULN empty.")
    if uln[0] == "0" or uln_check_digit(uln[:9]) != uln[9]:
        raise InvalidIdentifier(
            "The last digit of the ULN does not fit the others, so one is mistyped. "
            "Check it with the setting."
        )
    return uln


def nhs_check_digit(nine: str) -> str | None:
    """The last digit of an NHS number from its first nine (modulus 11), or None where there is none."""
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    digit = (11 - total % 11) % 11
    return None if digit == 10 else str(digit)


def check_nhs_number(text: str) -> str:
    """An NHS number: 10 digits, spaces and hyphens taken out. Raises InvalidIdentifier."""
    number = _exactly("NHS number", text, 10)
    if len(set(number)) == 1 or nhs_check_digit(number[:9]) != number[9]:
        raise InvalidIdentifier(
            "The last digit of the NHS number does not fit the others, so one is mistyped. "
            "Check it against a letter from the NHS."
        )
    return number


def format_nhs_number(number: str) -> str:
    """A checked NHS number as people write it: 3, 3 and 4 digits."""
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def check_urn(text: str) -> str:
    """The unique reference number of a setting: 6 digits, the first not 0. Raises InvalidIdentifier."""
    urn = _exactly("URN", text, 6)
    if urn[0] == "0":
        raise InvalidIdentifier(
            "A URN does not begin with 0. Look the setting up in Get Information about Schools."
        )
    return urn


def check_ukprn(text: str) -> str:
    """The UK provider reference number: 8 digits, the first a 1. Raises InvalidIdentifier."""
    ukprn = _exactly("UKPRN", text, 8)
    if ukprn[0] != "1":
        raise InvalidIdentifier(
            "A UKPRN begins with 1. Look the provider up in the UK Register of Learning Providers."
        )
    return ukprn


def check_la_number(text: str) -> str:
    """A local authority's number in national returns: 3 digits. Raises InvalidIdentifier."""
    return _exactly("LA number", text, 3)


_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})")
_NO_FIXED_PLACE = re.compile(r"(ZZ99)([0-9][A-Z]{2})")


def check_postcode(text: str) -> str:
    """A UK postcode in capitals with one space. Raises InvalidIdentifier.

    Checks the pattern, not that the postcode exists. ZZ99 codes (no fixed abode, not known) pass.
    """
    compact = _compact(text)
    if not 5 <= len(compact) <= 7:
        raise InvalidIdentifier(
            "A postcode has 5 to 7 letters and digits, like ZZ1 1ZZ. Check for one missing."
        )
    found = _POSTCODE.fullmatch(compact) or _NO_FIXED_PLACE.fullmatch(compact)
    if found is None:
        raise InvalidIdentifier(
            "This is not the pattern of a UK postcode. Check for the letter O in place of a zero, "
            "or I in place of 1."
        )
    return f"{found[1]} {found[2]}"
