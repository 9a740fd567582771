"""Every spelling that real files use is read; every fault is reported with its line, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.returns.sen2.issues import Issue
from goldenthread.returns.sen2.policy import BLOCKING
from goldenthread.returns.sen2.records import PersonRecord

from .builders import PERSON_XML, read_all, xml_of

PLAN = """<Assessment><AssessmentOutcome>Y</AssessmentOutcome><NamedPlan><StartDate>2026-06-19</StartDate>
<PlanDetail><URN>100000</URN><PlacementRank>1</PlacementRank></PlanDetail></NamedPlan></Assessment>
<ActivePlans>{}<PlacementDetail><EntryDate>2022-09-05</EntryDate><PlacementRank>1</PlacementRank>{}</PlacementDetail>
<SENneed><SENtype>SLCN</SENtype><SENtypeRank>1</SENtypeRank></SENneed></ActivePlans></Requests>"""


def _read(tmp_path: Path, *persons: str) -> tuple[list[PersonRecord], list[Issue]]:
    path = tmp_path / "return.xml"
    path.write_text(xml_of(*persons))
    return read_all(path)


def _with_plan(plan: str = "", place: str = "") -> str:
    return PERSON_XML.replace("</Requests>", PLAN.format(plan, place))


@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        ("<Sex>M</Sex>", "<GenderCurrent>M</GenderCurrent>", "sex", "M"),
        ("<Sex>M</Sex>", "<Gender>f</Gender>", "sex", "F"),
        ("<PostCode>ZZ99 9ZZ</PostCode>", "<Postcode>zz999zz</Postcode>", "postcode", "ZZ99 9ZZ"),
        ("<UPN>H801200001001</UPN>", "<upn>h8012 00001001</upn>", "upn", "H801200001001"),
        ("<UPN>H801200001001</UPN>", "<UPNunknown>un3</UPNunknown>", "upn_unknown", "UN3"),
        ("<PersonBirthDate>2017-05-04", "<PersonBirthDate>04/05/2017", "birth_date", "2017-05-04"),
        ("<PersonBirthDate>2017-05-04", "<PersonBirthDate>2017-May-04 00:00:00", "birth_date", "2017-05-04"),
        ("<PersonBirthDate>2017-05-04", "<PersonBirthDate>2017-05-04T00:00:00Z", "birth_date", "2017-05-04"),
    ],
)
def test_other_spellings_of_person_items(old: str, new: str, field: str, value: str, tmp_path: Path) -> None:
    kept, _ = _read(tmp_path, PERSON_XML.replace(old, new))
    assert str(getattr(kept[0], field)) == value


@pytest.mark.parametrize(
    ("place", "field", "value"),
    [
        ("<SENSetting>OLA</SENSetting>", "sen_setting", "OLA"),
        ("<SENsetting>ola</SENsetting>", "sen_setting", "OLA"),
        ("<SENsettingOther>A tent</SENsettingOther>", "sen_setting_other", "A tent"),
        ("<RES>A</RES>", "residential", "A"),
        ("<WPB>S</WPB>", "work_based", "S"),
        ("<WBP>S</WBP>", "work_based", "S"),
        ("<AttendancePattern>FT</AttendancePattern>", "attendance", "FT"),
        ("<SENUnitIndicator>Y</SENUnitIndicator>", "sen_unit", True),
        ("<SENunitIndicator>true</SENunitIndicator>", "sen_unit", True),
        ("<SENunitIndicator>0</SENunitIndicator>", "sen_unit", False),
    ],
)
def test_other_spellings_of_place_items(place: str, field: str, value: object, tmp_path: Path) -> None:
    kept, _ = _read(tmp_path, _with_plan(place=place))
    active = kept[0].requests[0].active_plan
    assert active is not None
    assert getattr(active.placements[0], field) == value


def test_2023_residence_of_the_plan_goes_to_its_place(tmp_path: Path) -> None:
    kept, _ = _read(tmp_path, _with_plan("<RES>B</RES><WPB>S</WPB>"))
    active = kept[0].requests[0].active_plan
    assert active is not None
    assert (active.placements[0].residential, active.placements[0].work_based) == ("B", "S")
    assert kept[0].raw["Requests[1]/ActivePlans/Res"] == "B"


def test_elements_in_any_order(tmp_path: Path) -> None:
    first, _ = _read(tmp_path, _with_plan())
    start, rest = PERSON_XML.split("<Requests>")
    turned = (
        "<Person><Requests>" + rest.replace("</Person>", "") + start.replace("<Person>", "") + "</Person>"
    )
    again, _ = _read(tmp_path, turned)
    assert (again[0].surname, again[0].upn) == (first[0].surname, first[0].upn)
    assert again[0].requests[0].outcome == "N"


@pytest.mark.parametrize(
    ("old", "new", "code", "value", "path"),
    [
        ("2026-02-02", "soon", "V01", "soon", "Requests[1]/ReceivedDate"),
        ("2026-02-02", "3019-02-02", "V02", "3019-02-02", "Requests[1]/ReceivedDate"),
        ("2026-02-02", "2026-02-30", "V02", "2026-02-30", "Requests[1]/ReceivedDate"),
        ("<RYA>0", "<RYA>maybe", "V03", "maybe", "Requests[1]/RYA"),
        ("<Ethnicity>WBRI", "<Ethnicity>ZZZZ", "V04", "ZZZZ", "Ethnicity"),
        ("<RequestOutcome>N", "<RequestOutcome>Q", "V04", "Q", "Requests[1]/RequestOutcome"),
        ("<RequestSource>2", "<RequestSource>9", "V04", "9", "Requests[1]/RequestSource"),
        ("<Surname>Example</Surname>", "", "V10", "", "Surname"),
        ("<Forename>Robin</Forename>", "<Forename> </Forename>", "V10", "", "Forename"),
        ("<PersonBirthDate>2017-05-04</PersonBirthDate>", "", "V11", "", "PersonBirthDate"),
        ("2017-05-04", "then", "V11", "then", "PersonBirthDate"),
        ("<RYA>0</RYA>", "<RYA>0</RYA><RYA>1</RYA>", "V07", "1", "Requests[1]/RYA[2]"),
        ("<RYA>0</RYA>", "<Shoe>42</Shoe>", "V09", "42", "Requests[1]/Shoe"),
        ("<RYA>0</RYA>", "<Box><Shoe>42</Shoe></Box>", "V09", "42", "Requests[1]/Box/Shoe"),
        ("<RYA>0</RYA>", "loose words", "V12", "loose words", "Requests[1]/#text"),
        ("<RYA>0</RYA>", '<RYA note="x">0</RYA>', "V12", "x", "Requests[1]/RYA/@note"),
    ],
)
def test_fault_is_reported_with_place_and_mend(
    old: str, new: str, code: str, value: str, path: str, tmp_path: Path
) -> None:
    assert old in PERSON_XML
    kept, issues = _read(tmp_path, PERSON_XML.replace(old, new, 1))
    found = [each for each in issues if each.code == code]
    assert [(each.value, each.path, each.person_ref) for each in found] == [(value, path, "person 1")]
    assert 4 <= found[0].line <= 16
    assert found[0].mend
    assert bool(kept) == (code not in BLOCKING)
    if kept and value:
        assert value in kept[0].raw.values()


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<SENneed><SENtype>XYZ</SENtype><SENtypeRank>2</SENtypeRank></SENneed>", "V15"),
        ("<SENneed><SENtypeRank>2</SENtypeRank></SENneed>", "V15"),
        ("<SENneed><SENtype>MLD</SENtype></SENneed>", "V05"),
        ("<TransferLA>12</TransferLA>", "V06"),
    ],
)
def test_fault_in_the_active_plan(inside: str, code: str, tmp_path: Path) -> None:
    kept, issues = _read(tmp_path, _with_plan(inside))
    assert code in {each.code for each in issues}
    assert len(kept) == 1


def test_a_second_active_plan_is_joined_and_reported(tmp_path: Path) -> None:
    twice = _with_plan().replace(
        "</ActivePlans>", "</ActivePlans><ActivePlans><SENneed><SENtype>MLD</SENtype>"
        "<SENtypeRank>2</SENtypeRank></SENneed></ActivePlans>",
    )  # fmt: skip
    kept, issues = _read(tmp_path, twice)
    active = kept[0].requests[0].active_plan
    assert active is not None
    assert [each.need for each in active.needs] == ["SLCN", "MLD"]
    assert "V08" in {each.code for each in issues}


def test_codes_of_an_unconfirmed_set_are_kept(tmp_path: Path) -> None:
    kept, issues = _read(tmp_path, _with_plan(place="<WBP>Q</WBP>"))
    active = kept[0].requests[0].active_plan
    assert active is not None
    assert active.placements[0].work_based == "Q"
    assert [each.severity for each in issues if each.code == "V21"] == ["note"]


def test_unknown_items_are_told_once_and_counted(tmp_path: Path) -> None:
    persons = [
        PERSON_XML.replace("<RYA>0</RYA>", "<Shoe>42</Shoe>").replace("H8", f"H{at}") for at in range(5)
    ]
    kept, issues = _read(tmp_path, *persons)
    assert [(each.path, each.value) for each in issues if each.code == "V09"] == [
        ("Requests[1]/Shoe", "42"),
        ("Shoe", "5 times in all"),
    ]
    assert all(each.raw["Requests[1]/Shoe"] == "42" for each in kept)


def test_a_second_person_with_the_same_upn_is_refused(tmp_path: Path) -> None:
    kept, issues = _read(tmp_path, PERSON_XML, PERSON_XML.replace("Robin", "Kim"))
    assert [each.forename for each in kept] == ["Robin"]
    found = [each for each in issues if each.code == "L17"]
    assert [(each.person_ref, each.value) for each in found] == [("person 2", "H801200001001")]


def test_a_upn_of_a_refused_person_is_free(tmp_path: Path) -> None:
    kept, issues = _read(tmp_path, PERSON_XML.replace("2017-05-04", "3019-05-04"), PERSON_XML)
    assert [each.birth_date.year for each in kept if each.birth_date] == [2017]
    assert "L17" not in {each.code for each in issues}


def test_a_plan_before_its_request_is_refused(tmp_path: Path) -> None:
    early = _with_plan().replace("2026-06-19", "2025-06-19").replace("Outcome>N", "Outcome>Y")
    kept, issues = _read(tmp_path, early)
    assert kept == []
    assert "L36" in {each.code for each in issues}


def test_an_unreadable_value_is_told_once(tmp_path: Path) -> None:
    _, issues = _read(tmp_path, PERSON_XML.replace("<Ethnicity>WBRI", "<Ethnicity>ZZZZ"))
    assert [each.code for each in issues if each.path == "Ethnicity"] == ["V04"]


def test_every_item_given_is_in_raw(tmp_path: Path) -> None:
    kept, _ = _read(tmp_path, PERSON_XML)
    assert kept[0].raw == {
        "Surname": "Example",
        "Forename": "Robin",
        "PersonBirthDate": "2017-05-04",
        "Sex": "M",
        "Ethnicity": "WBRI",
        "PostCode": "ZZ99 9ZZ",
        "UPN": "H801200001001",
        "Requests[1]/ReceivedDate": "2026-02-02",
        "Requests[1]/RequestSource": "2",
        "Requests[1]/RYA": "0",
        "Requests[1]/RequestOutcomeDate": "2026-03-13",
        "Requests[1]/RequestOutcome": "N",
    }
    assert (kept[0].line, kept[0].file) == (4, "return.xml")


def test_logs_hold_no_value(tmp_path: Path) -> None:
    _, issues = _read(tmp_path, PERSON_XML.replace("2026-02-02", "Robin Example"))
    found = next(each for each in issues if each.code == "V01")
    assert found.value == "Robin Example"
    assert found.log_text == "line 10: error V01 at Requests[1]/ReceivedDate"
