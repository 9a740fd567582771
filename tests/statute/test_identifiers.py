"""Identifiers: good ones in every spelling, and a message that helps for every bad one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.statute import identifiers
from goldenthread.statute.identifiers import InvalidIdentifier


@pytest.mark.parametrize("upn", ["H801200001001", "A950000178301", "X845212818005"])
def test_known_upns_pass(upn: str) -> None:
    assert identifiers.check_upn(upn) == upn
    assert identifiers.upn_check_letter(upn[1:]) == upn[0]
    assert not identifiers.is_temporary_upn(upn)


@pytest.mark.parametrize("text", [" h801200001001 ", "H801 2000 01001", "h-801-2000-01-001"])
def test_upn_is_brought_to_its_normal_form(text: str) -> None:
    assert identifiers.check_upn(text) == "H801200001001"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has 0 characters and must have 13"),
        ("H80120000100", "has 12 characters and must have 13"),
        ("1801200001001", "must begin with a letter other than I, O and S"),
        ("S801200001001", "must begin with a letter other than I, O and S"),
        ("H8O1200001001", "letter O in place of a zero"),
        ("H80120000100I", "a letter other than I, O and S"),
        ("H801200001002", "does not fit its digits"),
        ("A801200001001", "does not fit its digits"),
        ("H80120000100\u0661", "a letter other than I, O and S"),
    ],
)
def test_wrong_upns_are_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidIdentifier, match=message) as refusal:
        identifiers.check_upn(text)
    assert not text or text not in str(refusal.value)


def test_temporary_upn_ends_in_a_letter() -> None:
    rest = "80120000100A"
    upn = identifiers.upn_check_letter(rest) + rest

    assert identifiers.is_temporary_upn(identifiers.check_upn(upn))


@pytest.mark.parametrize("rest", ["80120000100", "8O1200001001", "8012000010012"])
def test_check_letter_needs_twelve_characters(rest: str) -> None:
    with pytest.raises(InvalidIdentifier, match="12 digits"):
        identifiers.upn_check_letter(rest)


@given(st.integers(0, 999), st.integers(0, 9999), st.integers(0, 99), st.integers(0, 999))
def test_made_upns_pass(la: int, school: int, year: int, serial: int) -> None:
    upn = identifiers.make_upn(la, school, 2000 + year, serial)

    assert identifiers.check_upn(upn) == upn
    assert upn[1:] == f"{la:03d}{school:04d}{year:02d}{serial:03d}"


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(0, 11), st.integers(1, 9))
def test_a_upn_with_one_digit_changed_fails(rest: str, place: int, step: int) -> None:
    upn = identifiers.upn_check_letter(rest) + rest
    digit = str((int(rest[place]) + step) % 10)
    changed = upn[: place + 1] + digit + upn[place + 2 :]

    with pytest.raises(InvalidIdentifier, match="does not fit"):
        identifiers.check_upn(changed)


@pytest.mark.parametrize(
    "parts", [(1000, 1, 24, 1), (937, 10000, 24, 1), (937, 1, 24, 1000), (937, -1, 24, 1)]
)
def test_upn_parts_that_do_not_fit_are_refused(parts: tuple[int, int, int, int]) -> None:
    with pytest.raises(InvalidIdentifier, match="room for"):
        identifiers.make_upn(*parts)


def test_uln_passes_with_its_check_digit() -> None:
    # 1000000001..: 1 x 10 = 10, remainder 10, so the last digit is 0
    assert identifiers.uln_check_digit("100000000") == "0"
    assert identifiers.check_uln("10 0000 0000") == "1000000000"


def test_a_uln_whose_remainder_is_nought_has_no_check_digit() -> None:
    assert identifiers.uln_check_digit("100000006") is None  # 10 + 6 x 2 = 22
    for last in "0123456789":
        with pytest.raises(InvalidIdentifier, match="does not fit"):
            identifiers.check_uln("100000006" + last)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("9999999999", "Leave the ULN empty"),
        ("1000000001", "last digit of the ULN does not fit"),
        ("0000000001", "last digit of the ULN does not fit"),
        ("100000000", "has 9 digits and must have 10"),
        ("10000000A0", "not a digit"),
        ("", "not a digit"),
    ],
)
def test_wrong_ulns_are_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidIdentifier, match=message):
        identifiers.check_uln(text)


def test_nhs_number_passes_and_is_written_in_three_parts() -> None:
    assert identifiers.check_nhs_number("943 476 5919") == "9434765919"
    assert identifiers.check_nhs_number("943-476-5919") == "9434765919"
    assert identifiers.format_nhs_number("9434765919") == "943 476 5919"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("9434765918", "does not fit the others"),
        ("0000000000", "does not fit the others"),
        ("1111111111", "does not fit the others"),
        ("943476591", "has 9 digits"),
    ],
)
def test_wrong_nhs_numbers_are_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidIdentifier, match=message):
        identifiers.check_nhs_number(text)


def test_nine_digits_may_have_no_nhs_check_digit() -> None:
    assert identifiers.nhs_check_digit("999000001") == "8"
    without = [f"9990000{n:02d}" for n in range(30) if identifiers.nhs_check_digit(f"9990000{n:02d}") is None]
    assert without
    with pytest.raises(InvalidIdentifier, match="does not fit"):
        identifiers.check_nhs_number(without[0] + "0")


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 9), st.integers(1, 9))
def test_an_nhs_number_with_one_digit_changed_fails(nine: str, place: int, step: int) -> None:
    last = identifiers.nhs_check_digit(nine)
    if last is None or len(set(nine)) == 1:
        return
    number = nine + last
    assert identifiers.check_nhs_number(number) == number

    changed = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    with pytest.raises(InvalidIdentifier):
        identifiers.check_nhs_number(changed)


@pytest.mark.parametrize(
    ("check", "good", "normal"),
    [
        (identifiers.check_urn, " 123456 ", "123456"),
        (identifiers.check_ukprn, "1000 0001", "10000001"),
        (identifiers.check_la_number, "937", "937"),
    ],
)
def test_setting_numbers(check: Callable[[str], str], good: str, normal: str) -> None:
    assert check(good) == normal


@pytest.mark.parametrize(
    ("check", "bad", "message"),
    [
        (identifiers.check_urn, "012345", "does not begin with 0"),
        (identifiers.check_urn, "12345", "has 5 digits and must have 6"),
        (identifiers.check_ukprn, "20000001", "begins with 1"),
        (identifiers.check_ukprn, "1000000A", "not a digit"),
        (identifiers.check_la_number, "93", "has 2 digits and must have 3"),
    ],
)
def test_wrong_setting_numbers(check: Callable[[str], str], bad: str, message: str) -> None:
    with pytest.raises(InvalidIdentifier, match=message):
        check(bad)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("qq34 4rl", "QQ34 4RL"),
        ("QQ344RL", "QQ34 4RL"),
        (" m1  1ae ", "M1 1AE"),
        ("EC1A1BB", "EC1A 1BB"),
        ("W1A 0AX", "W1A 0AX"),
        ("ZZ99 3VZ", "ZZ99 3VZ"),
    ],
)
def test_postcodes(text: str, normal: str) -> None:
    assert identifiers.check_postcode(text) == normal


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "5 to 7 letters and digits"),
        ("QQ34", "5 to 7 letters and digits"),
        ("QQ34 44RLX", "5 to 7 letters and digits"),
        ("QQ34 ORL", "letter O in place of a zero"),
        ("QQ34 4CL", "not the pattern"),
        ("1V34 4RL", "not the pattern"),
    ],
)
def test_wrong_postcodes_are_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidIdentifier, match=message):
        identifiers.check_postcode(text)
