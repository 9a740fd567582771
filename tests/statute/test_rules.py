"""The rules as data: whole, cited, consistent, and refused with a clear message when they are not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from goldenthread.statute import grounds, rules
from goldenthread.statute.datafile import DATA, Mark, StatuteDataError, UnknownEntryError
from goldenthread.statute.rules import NotInForceError, Rule

FIRST_SLICE = {
    *("decide_whether_to_assess", "advice_returned", "tell_not_issuing", "issue_final_plan"),
    *("views_on_draft", "setting_consultation_reply", "annual_review", "review_decision"),
    *("review_final_amended", "phase_transfer", "post16_transfer"),
}
CITATIONS = ("R", "CFA", "CoP", "SI ", "Tribunal", "Special Educational Needs")


def test_the_rules_of_the_process_are_all_there() -> None:
    assert {found.id for found in rules.all_rules()} >= FIRST_SLICE


@pytest.mark.parametrize("found", rules.all_rules(), ids=lambda found: found.id)
def test_every_rule_has_citation_mark_title_and_a_day_from_which_it_is_law(found: Rule) -> None:
    assert found.source.startswith(CITATIONS)
    assert found.mark in {Mark.CONFIRMED, Mark.SECONDARY, Mark.INFERRED, Mark.MEMORY}
    assert found.title[0].isupper()
    assert not found.title.endswith(".")
    assert found.in_force_from >= date(2014, 9, 1)
    assert found.length


def test_every_exception_lifts_only_real_rules_and_is_cited() -> None:
    known = {found.id for found in rules.all_rules()}
    for one in grounds.all_grounds():
        assert set(one.lifts) <= known
        assert one.source.startswith("R")
        assert one.title
        assert one.text.endswith(".")


@pytest.mark.parametrize(
    ("rule_id", "ids"),
    [
        ("decide_whether_to_assess", ["E1", "E2", "E3", "E4"]),
        ("tell_not_issuing", ["E1", "E2", "E3", "E4"]),
        ("issue_final_plan", ["E1", "E2", "E3", "E4"]),
        ("reassess_final_plan", ["E1", "E2", "E3", "E4"]),
        ("advice_returned", ["A1", "A2", "A3"]),
        ("tribunal_order_assess_tell", ["T1", "T2"]),
        ("tribunal_order_make_final", ["T1", "T2", "T3"]),
        ("tribunal_order_assess_final", ["T1", "T2", "T3", "T4"]),
        ("unopposed_appeal_assess_final", ["U1", "U2", "U3"]),
        ("review_decision", []),
        ("review_final_amended", []),
        ("annual_review", []),
        ("views_on_draft", []),
    ],
)
def test_grounds_of_each_limit(rule_id: str, ids: list[str]) -> None:
    assert [one.id for one in rules.exceptions_for(rule_id)] == ids


@pytest.mark.parametrize(
    ("rule_id", "length"),
    [
        ("issue_final_plan", "20 weeks"),
        ("views_on_draft", "15 days beginning with that day"),
        ("review_invitation", "2 weeks before"),
        ("phase_transfer", "15 February"),
        ("appeal_after_certificate", "1 month"),
        ("tribunal_reply", "30 tribunal working days"),
        ("mediation_certificate_after", "3 working days"),
        ("tribunal_order_cease", "at once"),
    ],
)
def test_length_reads_as_words(rule_id: str, length: str) -> None:
    assert rules.rule(rule_id).length == length


def test_a_rule_is_the_version_of_its_day() -> None:
    name = "unopposed_appeal_assess_tell"

    assert rules.rule(name, date(2015, 3, 31)).number == 4
    assert rules.rule(name, date(2015, 4, 1)).number == 2
    assert rules.rule(name).number == 2


def test_all_rules_of_a_day_leave_out_what_is_not_yet_law() -> None:
    early = {found.id for found in rules.all_rules(date(2014, 9, 1))}

    assert "issue_final_plan" in early
    assert "recommendation_answer" not in early
    assert rules.all_rules(date(2014, 8, 31)) == ()
    assert len(rules.all_rules(date(2026, 1, 1))) == len(rules.all_rules())


def test_rules_in_stage() -> None:
    found = rules.rules_in_stage("assessment")

    assert found[1].id == "decide_whether_to_assess"
    assert {one.stage for one in found} == {"assessment"}


def test_law_version_names_the_law_of_a_day_and_leads_back_to_it() -> None:
    assert rules.law_versions() == ("2014-09-01", "2015-04-01", "2018-04-03")
    assert rules.law_version(date(2015, 3, 31)) == "2014-09-01"
    assert rules.law_version(date(2026, 1, 5)) == "2018-04-03"
    for day in (date(2014, 9, 1), date(2016, 2, 29), date(2018, 4, 3)):
        then = rules.law_date(rules.law_version(day))
        assert rules.all_rules(then) == rules.all_rules(day)


def test_days_and_versions_outside_the_law_are_refused() -> None:
    with pytest.raises(NotInForceError, match="begin on 1 September 2014"):
        rules.law_version(date(2014, 8, 31))
    with pytest.raises(NotInForceError, match="no law version 'latest'"):
        rules.law_date("latest")


def test_unknown_ground_is_refused() -> None:
    with pytest.raises(UnknownEntryError) as refusal:
        grounds.ground("E9")
    assert str(refusal.value).startswith("There is no ground called 'E9'.")


GOOD = """[[rule]]
id = "reply"
title = "Reply"
stage = "assessment"
trigger = "asked"
number = 2
unit = "weeks"
counting = "after"
turn = "council"
source = "R99"
mark = "confirmed"
in_force_from = 2014-09-01
"""
GROUND = """[[ground]]
id = "G1"
title = "Ground"
text = "A ground."
test = "event"
lifts = ["reply"]
source = "R99"
mark = "memory"
in_force_from = 2014-09-01
"""


def _folder(path: Path, text: str = GOOD, ground: str = GROUND) -> Path:
    (path / "rules").mkdir()
    (path / "rules" / "some.toml").write_text(text, encoding="utf-8")
    (path / "exceptions.toml").write_text(ground, encoding="utf-8")
    return path


def test_a_good_folder_loads(tmp_path: Path) -> None:
    book = rules.load_rules(_folder(tmp_path))

    assert [one.exceptions for one in book["reply"]] == [("G1",)]


def _changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


FIXED = _changed('unit = "weeks"', 'unit = "fixed_date"').replace("after", "fixed")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (_changed("number = 2", 'number = "two"'), r"some\.toml: reply: number must be int, not str"),
        (_changed("number = 2", "number = -2"), "number must not be negative"),
        (_changed("number = 2", "number = true"), "number must be int, not bool"),
        (_changed("weeks", "fortnights"), "unit is 'fortnights'; use one of calendar_days, weeks"),
        (_changed('source = "R99"\n', ""), "reply: source is missing; add it"),
        (_changed('source = "R99"', 'source = ""'), "source is empty"),
        (_changed("stage", "stages"), "stage is missing"),
        (GOOD + "nubmer = 3\n", "unknown field nubmer; check the spelling"),
        (GOOD + "in_force_to = 2014-08-31\n", "in_force_to is before in_force_from"),
        (GOOD + GOOD, "two versions are in force on 01 September 2014"),
        (_changed("after", "fixed"), "unit fixed_date and counting fixed go together"),
        (FIXED, "a fixed date needs a month and a day"),
        (FIXED + "month = 2\nday = 29\n", "a day that exist in every year"),
        (GOOD + "month = 2\n", "month and day belong to fixed dates only"),
        (_changed("number = 2", "number = 0").replace("after", "beginning_with"), "at least one day"),
        (GOOD + "closed_season_rolls = true\n", "for limits in months"),
        (GOOD + "order_kinds = [3]\n", "order_kinds must hold only text"),
        ("[[rules]]\nid = 'x'\n", r"expected \[\[rule\]\] entries; other tables found: rules"),
        ("rule = 3\n", "other tables found: none"),
        ("[[rule]\n", r"some\.toml: not valid TOML"),
    ],
)
def test_wrong_rules_are_refused_with_the_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(StatuteDataError, match=message):
        rules.load_rules(_folder(tmp_path, text))


@pytest.mark.parametrize(
    ("ground", "message"),
    [
        (GROUND.replace('["reply"]', '["answer"]'), "G1: lifts 'answer', which is not a rule"),
        (GROUND + GROUND, "G1 stands twice"),
        (GROUND.replace("event", "mood"), "test is 'mood'; use one of closure, absence"),
    ],
)
def test_wrong_grounds_are_refused(tmp_path: Path, ground: str, message: str) -> None:
    with pytest.raises(StatuteDataError, match=message):
        rules.load_rules(_folder(tmp_path, ground=ground))


def test_a_version_with_an_end_is_followed_by_the_next(tmp_path: Path) -> None:
    old = GOOD + "in_force_to = 2019-12-31\n"
    new = GOOD.replace("2014-09-01", "2020-01-01").replace("number = 2", "number = 3")

    book = rules.load_rules(_folder(tmp_path, new + old))

    assert [one.number for one in book["reply"]] == [2, 3]


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(StatuteDataError, match=r"rules: no \.toml files"):
        rules.load_rules(tmp_path)
    with pytest.raises(StatuteDataError, match=r"exceptions\.toml: the file is missing"):
        grounds.load_grounds(tmp_path)


def test_data_files_are_read_whatever_the_working_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    assert rules.load_rules(DATA)["issue_final_plan"][0].number == 20
