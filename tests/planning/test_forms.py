"""What finance officers type, read; and each kind of effect, from its form to the forecast and back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.forecast.mitigation import RULES, Kind
from goldenthread.forecast.mitigation_data import as_dict, from_dict
from goldenthread.forecast.space import Space
from goldenthread.planning.forms.effects import KINDS, EffectForm
from goldenthread.planning.forms.figures import MoneyField, NumberField, RampField
from goldenthread.planning.forms.scenarios import GRADES, MitigationForm, OneOffField
from goldenthread.planning.presenters.scenarios import effect_words

SPACE = Space()
GIVEN: dict[Kind, dict[str, Any]] = {
    Kind.JOINER_FACTOR: {"amount": "−5", "first_age": "5", "last_age": "10", "needs": ["ASD", "SEMH"]},
    Kind.JOINER_HEADS: {"amount": "-20", "placements": ["mainstream"]},
    Kind.LEAVER_FACTOR: {"amount": "10"},
    Kind.LEAVER_HEADS: {"amount": "7.5", "first_age": "16", "last_age": "25"},
    Kind.DIVERT: {"amount": "8%", "placements": ["special", "independent"], "to": "resourced"},
    Kind.MOVE_HEADS: {"amount": "12", "placements": ["independent"], "to": "special", "after": "1"},
    Kind.PLACES: {"amount": "1,080", "placements": "special"},
    Kind.PRICE: {"by": "percent", "amount": "2.5", "placements": ["mainstream"]},
    Kind.REPRICE: {"by": "pounds", "amount": "500", "placements": ["special"], "to": "resourced"},
    Kind.INFLATION_CAP: {"amount": "1", "placements": ["independent"], "ramp": "50% 100%"},
    Kind.FIXED: {"amount": "(£250k)", "line": "1.2.7"},
}
SPECIAL, INDEPENDENT = "State-funded special school", "Independent or non-maintained special school"
RESOURCED = "Resourced provision or SEN unit"
WHO = "aged 5 to 10, with Autistic spectrum disorder and Social, emotional and mental health"
WORDS = {
    Kind.JOINER_FACTOR: f"5% fewer new plans ({WHO}).",
    Kind.JOINER_HEADS: "20 fewer new plans a year (at Mainstream school).",
    Kind.LEAVER_FACTOR: "Plans end 10% more often.",
    Kind.LEAVER_HEADS: "7.5 plans more end each year (aged 16 to 25).",
    Kind.DIVERT: f"8% of those bound for {SPECIAL} and {INDEPENDENT} go to {RESOURCED}.",
    Kind.MOVE_HEADS: f"12 a year move from {INDEPENDENT} to {SPECIAL}, 1 year after the start.",
    Kind.PLACES: f"1,080 places at {SPECIAL}.",
    Kind.PRICE: "A plan at Mainstream school costs 2.5% more.",
    Kind.REPRICE: f"A plan at {SPECIAL} costs £500 more a plan; {RESOURCED} pays for it.",
    Kind.INFLATION_CAP: f"Prices at {INDEPENDENT} rise by 1% a year at most, growing 50%, 100%.",
    Kind.FIXED: "£0.25m less a year on 1.2.7 Other alternative provision services.",
}


def mitigation_of(effect: dict[str, Any]) -> Any:
    return from_dict({"reference": "1", "title": "One", "starts": "2024-09-01", "effects": [effect]})


def form_of(kind: Kind, data: dict[str, Any]) -> EffectForm:
    return EffectForm(data, kind=kind, space=SPACE)


@pytest.mark.parametrize("kind", list(Kind))
def test_an_effect_goes_from_its_form_to_the_forecast_and_back(kind: Kind) -> None:
    form = form_of(kind, GIVEN[kind])
    assert form.is_valid(), form.errors
    (effect,) = mitigation_of(form.plain()).effects
    assert effect.kind == kind
    again = EffectForm.initial_of(as_dict(mitigation_of(form.plain()))["effects"][0])
    shown = EffectForm(kind=kind, space=SPACE, initial=again)
    typed = {name: shown[name].value() for name in shown.fields}
    second = form_of(kind, {name: value for name, value in typed.items() if value is not None})
    assert second.is_valid(), second.errors
    assert second.plain() == form.plain()


@pytest.mark.parametrize("kind", list(Kind))
def test_an_effect_is_said_in_words(kind: Kind) -> None:
    form = form_of(kind, GIVEN[kind])
    assert form.is_valid()
    assert effect_words(mitigation_of(form.plain()).effects[0]) == WORDS[kind]


@pytest.mark.parametrize("kind", list(Kind))
def test_a_form_asks_for_all_that_its_kind_needs_and_nothing_that_it_refuses(kind: Kind) -> None:
    rule, fields = RULES[kind], set(EffectForm(kind=kind, space=SPACE).fields)
    for name in ("placements", "to", "line"):
        assert (name in fields) == (name in (*rule.needs, *rule.may)), name
    assert ("first_age" in fields) == ("ages" in rule.may)
    assert ("needs" in fields) == ("needs" in rule.may)
    empty = form_of(kind, {})
    assert not empty.is_valid()
    assert set(empty.errors) >= {"amount", *(set(rule.needs) & {"placements", "to", "line"})}
    assert "This field is required" not in str(empty.errors)


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"amount": "120"}, "amount", "from 0% to 100%"),
        ({"amount": "ten"}, "amount", "must be a number"),
        ({"amount": "nan"}, "amount", "must be a number"),
        ({"first_age": "5"}, "last_age", "both the youngest and the oldest"),
        ({"first_age": "9", "last_age": "5"}, "last_age", "youngest age or more"),
        ({"first_age": "5", "last_age": "90"}, "last_age", "from 0 to 25"),
        ({"placements": ["moon"]}, "placements", "not one of the available choices"),
        ({"ramp": "half"}, "ramp", "per cents such as"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(changes: dict[str, Any], field: str, told: str) -> None:
    form = form_of(Kind.DIVERT, GIVEN[Kind.DIVERT] | changes)
    assert not form.is_valid()
    assert told in str(form.errors[field])


def test_every_kind_has_its_words() -> None:
    assert set(KINDS) == set(Kind)
    assert set(WORDS) == set(Kind)


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("£1.2m", 1_200_000),
        ("450k", 450_000),
        ("-2,500", -2500),
        ("−£2,500", -2500),
        ("(2,500)", -2500),
        ("3 million", 3_000_000),
        ("0", 0),
        ("", None),
    ],
)
def test_money_is_read_as_people_write_it(text: str, pounds: float | None) -> None:
    assert MoneyField(label="The cost", required=False).clean(text) == pounds


@pytest.mark.parametrize("text", ["a lot", "1.2.3", "£", "12bn", "1e9", "£99,999,999,999"])
def test_money_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="must be"):
        MoneyField(label="The cost").clean(text)


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 2)))
def test_money_shown_is_money_read(pounds: float) -> None:
    field = MoneyField(label="The cost")
    assert field.clean(field.prepare_value(pounds)) == pytest.approx(pounds, abs=0.005)


@given(st.lists(st.integers(0, 1000), max_size=6))
def test_a_ramp_shown_is_a_ramp_read(shares: list[int]) -> None:
    field = RampField(label="How it grows", required=False)
    ramp = tuple(share / 100 for share in shares)
    assert field.clean(field.prepare_value(ramp)) == pytest.approx(ramp)


def test_a_share_is_typed_in_per_cent() -> None:
    field = NumberField(label="Share", percent=True, least=0, most=100)
    assert field.clean("12.5 %") == 0.125
    assert field.prepare_value(0.125) == "12.5"


def test_one_off_costs_are_lines_of_a_year_and_pounds() -> None:
    field = OneOffField(label="Costs once", required=False)
    assert field.clean("2024/25 £150,000\n\n2025-26: 20k") == {"2024": 150_000, "2025": 20_000}
    assert field.prepare_value({2024: 150_000.0}) == "2024/25 £150,000"
    for wrong in ("150,000", "2024/25 lots", "2024/25 1\n2024/25 2"):
        with pytest.raises(ValidationError):
            field.clean(wrong)


def test_a_mitigation_needs_a_start_and_a_ramp() -> None:
    form = MitigationForm(
        {"reference": "1", "title": "One", "version": "1", "evidence_grade": next(iter(GRADES))}
    )
    assert not form.is_valid()
    assert {"starts", "ramp"} <= set(form.errors)
