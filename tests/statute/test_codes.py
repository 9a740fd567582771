"""Code sets: labels, forms, roll-up, years; and wrong files refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.statute import codes
from goldenthread.statute.codes import codeset
from goldenthread.statute.datafile import Mark, StatuteDataError, UnknownEntryError

MAIN_ETHNICITIES = (
    "WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT"
)


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("sex", "F M"),
        ("upn_unknown", "UN1 UN2 UN3 UN5 UN8 UN9 UN10"),
        ("request_source", "1 2 3 4 5"),
        ("request_outcome", "Y N A W H"),
        ("assessment_outcome", "Y N A W H"),
        ("residential", "A B"),
        ("work_based", "S A T"),
        ("direct_payment", "E S H I"),
        ("cease_reason", "1 2 3 4 5 6 7 8 9"),
        ("sen_setting", "OLA OPA EHE EYP OTH NEET NIEC NIEO"),
        ("review_outcome", "M A C"),
        ("sen_type", "SPLD MLD SLD PMLD SEMH SLCN HI VI MSI PD ASD DS OTH"),
        ("rank", "1 2"),
        ("attendance_pattern", "FT PT"),
        ("flag", "1 0"),
    ],
)
def test_each_set_holds_its_codes(name: str, members: str) -> None:
    assert [code for code, _ in codeset(name).choices()] == members.split()


def test_every_set_is_cited_and_marked_and_every_code_labelled() -> None:
    for name in codes.codeset_names():
        found = codeset(name)
        assert found.source
        assert found.name == name
        assert all(one.label and one.mark in Mark for one in found.codes.values())


def test_letters_not_found_in_any_source_are_marked_unknown() -> None:
    for name in ("work_based", "direct_payment"):
        assert {one.mark for one in codeset(name).codes.values()} == {Mark.UNKNOWN}
        assert "Check them against the technical specification" in codeset(name).notes


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("ethnicity", "WBRI", "WBRI"),
        ("ethnicity", " w b r i ", "WBRI"),
        ("cease_reason", "4.0", "4"),
        ("flag", "Yes", "1"),
        ("flag", "false", "0"),
        ("flag", "n", "0"),
        ("upn_unknown", "un10", "UN10"),
        ("sen_type", "slcn\n", "SLCN"),
        ("sen_type", "NSA", None),
        ("sen_type", "", None),
        ("rank", "3", None),
    ],
)
def test_normalise(name: str, text: str, code: str | None) -> None:
    assert codeset(name).normalise(text) == code


def test_every_code_normalises_to_itself_in_lower_case_too() -> None:
    for name in codes.codeset_names():
        found = codeset(name)
        for code in found.codes:
            assert found.normalise(code) == found.normalise(f" {code.lower()} ") == code
            assert code in found


def test_labels_and_unknown_codes() -> None:
    assert codeset("sen_type").label("ASD") == "Autistic spectrum disorder"
    with pytest.raises(UnknownEntryError, match=r"no such code in Type of need. Use one of SPLD"):
        codeset("sen_type").label("asd")


@pytest.mark.parametrize(
    ("code", "main", "group"),
    [
        ("WENG", "WBRI", "White"),
        ("WROR", "WROM", "White"),
        ("WPOR", "WOTH", "White"),
        ("MWAI", "MWAS", "Mixed"),
        ("MACH", "MOTH", "Mixed"),
        ("AKPA", "APKN", "Asian"),
        ("BSOM", "BAFR", "Black"),
        ("CHKC", "CHNE", "Chinese"),
        ("OARA", "OOTH", "Any other"),
        ("REFU", "REFU", "Not known"),
    ],
)
def test_ethnicity_rolls_up(code: str, main: str, group: str) -> None:
    assert codeset("ethnicity").roll_up(code) == main
    assert codeset("ethnicity").group(code) == group


def test_ethnicity_rolls_up_to_the_main_codes_within_the_group() -> None:
    found = codeset("ethnicity")

    assert {one.main for one in found.codes.values()} == set(MAIN_ETHNICITIES.split())
    assert all(found.group(one.main) == one.group for one in found.codes.values())
    assert list(found.groups()) == ["White", "Mixed", "Asian", "Black", "Chinese", "Any other", "Not known"]
    assert sum(map(len, found.groups().values())) == len(found.codes)


@pytest.mark.parametrize(
    ("main", "detailed"),
    [
        ("WBRI", "WCOR WENG WNIR WSCO WWEL WOWB"),
        ("WROM", "WROG WROR WROO"),
        (
            "WOTH",
            "WALB WBOS WCRO WGRE WGRK WGRC WITA WKOS WPOR WSER WTUR WTUK WTUC WEUR WEEU WWEU WOTW",
        ),
        ("MWAS", "MWAP MWAI MWAO"),
        ("MOTH", "MAOE MABL MACH MBOE MBCH MCOE MWOE MWCH MOTM"),
        ("APKN", "AMPK AKPA AOPK"),
        ("AOTH", "AAFR AKAO ANEP ASNL ASLT ASRO AOTA ABRI AWEL"),
        ("BAFR", "BANN BCON BGHA BNGN BSLN BSOM BSUD BAOF"),
        ("BOTH", "BEUR BNAM BOTB BBRI BWEL"),
        ("CHNE", "CHKC CMAL CSNG CTWN COCH"),
        (
            "OOTH",
            "OAFG OARA OEGY OFIL OIRN OIRQ OJPN OKOR OKRD OLAM OLEB OLIB OMAL OMRC OPOL "
            "OTHA OVIE OYEM OOEG ORAB",
        ),
    ],
)
def test_extended_ethnicity_codes_roll_up_to_their_main_code(main: str, detailed: str) -> None:
    codes_under = [
        one.code for one in codeset("ethnicity").codes.values() if one.main == main and one.code != main
    ]

    assert codes_under == detailed.split()


def test_codes_by_return_year() -> None:
    assert codeset("attendance_pattern").choices(2023) == [("FT", "Full time"), ("PT", "Part time")]
    assert codeset("attendance_pattern").choices(2024) == []
    assert "DS" not in dict(codeset("sen_type").choices(2024))
    assert "DS" in dict(codeset("sen_type").choices(2025))


def test_code_set_of_an_item() -> None:
    assert codes.codeset_for_tag("WPB") is None
    for tag, name in [("PlanRes", "residential"), ("SENSetting", "sen_setting"), ("Week20", "flag")]:
        found = codes.codeset_for_tag(tag)
        assert found is not None
        assert found.name == name


def test_unknown_set_is_refused() -> None:
    with pytest.raises(
        UnknownEntryError, match=r"no code set called 'colours'. The sets are assessment_outcome"
    ):
        codeset("colours")


GOOD = """name = "colour"
title = "Colour"
source = "A list"
mark = "memory"

[[code]]
code = "R"
label = "Red"
aliases = ["Red"]
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + '[[code]]\ncode = "R"\nlabel = "Rot"\n', "code 'R' stands twice"),
        (GOOD + '[[code]]\ncode = "RED"\nlabel = "Rot"\n', "code 'RED' stands twice"),
        (GOOD + 'main = "B"\n', "code 'R' rolls up to 'B', which is not in the set"),
        (GOOD + 'shade = "dark"\n', "R: unknown field shade"),
        ('shade = "dark"\n' + GOOD, "colour: unknown field shade"),
        (GOOD.split("[[code]]")[0], "code is missing"),
        (GOOD.split("[[code]]")[0] + "code = []\n", "code must hold at least one table"),
        ("", r"colour\.toml: no id: mark is missing"),
    ],
)
def test_wrong_code_sets_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "colour.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(StatuteDataError, match=message):
        codes.load_codeset(path)


def test_a_good_code_set_loads(tmp_path: Path) -> None:
    path = tmp_path / "colour.toml"
    path.write_text(GOOD, encoding="utf-8")

    assert codes.load_codeset(path).normalise("red") == "R"
