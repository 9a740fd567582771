"""Values of a person's record, checked before they are stored: forms and actions use the same checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from goldenthread.core.refusals import InvalidInput
from goldenthread.people.normal import stored_postcode
from goldenthread.statute.codes import codeset
from goldenthread.statute.identifiers import (
    InvalidIdentifier,
    check_nhs_number,
    check_postcode,
    check_uln,
    check_upn,
)

IDENTIFIERS: dict[str, Callable[[str], str]] = {
    "upn": check_upn,
    "uln": check_uln,
    "nhs_number": check_nhs_number,
}
CODES = {"sex": "sex", "ethnicity": "ethnicity", "upn_unknown": "upn_unknown"}
WORDS = {
    "surname": "Surname",
    "forename": "Forename",
    "middle_names": "Middle names",
    "preferred_name": "Preferred name",
    "birth_date": "Date of birth",
    "died_on": "Date of death",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "first_language": "First language",
    "interpreter_language": "Interpreter needed in",
    "accessible_format": "Accessible format",
    "upn": "UPN",
    "uln": "ULN",
    "nhs_number": "NHS number",
    "upn_unknown": "Why there is no UPN or ULN",
    "postcode": "Postcode",
    "name": "Other name",
    "address": "Address",
    "contact": "Contact",
    "spokesperson": "Who speaks",
    "merge": "Records merged",
}


def checked(values: dict[str, Any]) -> dict[str, Any]:
    """The values in the form they are stored. Raises InvalidInput naming the field that is wrong."""
    return {name: _checked(name, value) for name, value in values.items()}


def _checked(name: str, value: Any) -> Any:
    text = value.strip() if isinstance(value, str) else value
    if name in {"surname", "forename"} and not text:
        raise InvalidInput(f"Enter the {WORDS[name].lower()}.", "", name)
    if not text:
        return text
    if name in IDENTIFIERS:
        return _identifier(name, IDENTIFIERS[name], text)
    if name == "postcode":
        return stored_postcode(_identifier(name, check_postcode, text))
    if name in CODES and text not in codeset(CODES[name]):
        raise InvalidInput(f"{WORDS[name]}: choose one from the list.", "", name)
    return text


def _identifier(name: str, check: Callable[[str], str], text: str) -> str:
    try:
        return check(text)
    except InvalidIdentifier as error:
        raise InvalidInput(str(error), "", name) from error


def postcode(text: str) -> str:
    """A postcode as it is stored; empty stays empty. Raises InvalidInput."""
    return str(_checked("postcode", text) or "")
