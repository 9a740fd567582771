"""One effect of a mitigation: a form of its own for each kind, in the words of whoever plans it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django import forms

from goldenthread.core.ui.forms import PlainForm, plain_messages
from goldenthread.forecast.mitigation import POUNDS_A_PLAN, RULES, Kind
from goldenthread.forecast.money import LINES
from goldenthread.forecast.space import Space
from goldenthread.planning.forms.figures import MoneyField, NumberField, RampField
from goldenthread.planning.presenters import words


@dataclass(frozen=True, slots=True)
class Asks:
    """What a kind of effect is called, what it does, and how its amount is asked for.

    `amount` is change (per cent more or less, kept as a factor), share (per cent), number, or money.
    """

    title: str
    does: str
    label: str
    hint: str
    amount: str
    most: float = 1000.0
    least: float = 0.0
    children: bool = True  # whether ages and needs narrow it
    placements: str = "At which placements?"
    to: str = ""


KINDS: Final[dict[Kind, Asks]] = {
    Kind.JOINER_FACTOR: Asks(
        "Fewer or more new plans, in per cent",
        "Changes how many new EHC plans begin each year.",
        "Change in new plans",
        "For 5% fewer enter −5.",
        "change",
        least=-100.0,
        most=900.0,
    ),
    Kind.JOINER_HEADS: Asks(
        "So many new plans more or fewer a year",
        "Adds children to those who get a new plan each year, or takes them away.",
        "New plans a year",
        "Enter −20 for 20 fewer.",
        "number",
        least=-10_000,
        most=10_000,
    ),
    Kind.LEAVER_FACTOR: Asks(
        "Plans end more or less often, in per cent",
        "Changes the chance that a plan ends in a year.",
        "Change in the chance that a plan ends",
        "For a tenth more enter 10.",
        "change",
        least=-100.0,
        most=900.0,
    ),
    Kind.LEAVER_HEADS: Asks(
        "So many plans more end each year",
        "Ends plans that would have gone on: supported internships that lead to work, for example.",
        "Plans that end, a year",
        "More than there are in these placements is refused.",
        "number",
        most=10_000,
    ),
    Kind.DIVERT: Asks(
        "New and moving children go elsewhere",
        "Sends a share of those who join or move to these placements to another one.",
        "Share sent elsewhere",
        "In per cent, from 0 to 100.",
        "share",
        most=100.0,
        placements="Instead of which placements?",
        to="Where do they go?",
    ),
    Kind.MOVE_HEADS: Asks(
        "So many children move each year",
        "Moves children who are in these placements to another one.",
        "Children who move, a year",
        "More than there are in these placements is refused.",
        "number",
        most=10_000,
        placements="From which placements?",
        to="Where do they move to?",
    ),
    Kind.PLACES: Asks(
        "More places in one kind of setting",
        "Adds to the capacity that binds. They are filled by children who would have found no place.",
        "Places",
        "Counted at the January census after the start.",
        "number",
        most=10_000,
        least=-10_000,
        children=False,
        placements="Where?",
    ),
    Kind.PRICE: Asks(
        "Plans cost more or less",
        "Changes the price of a plan in these placements.",
        "Change in price",
        "",
        "price",
        children=False,
    ),
    Kind.REPRICE: Asks(
        "Move money between placements, at no cost",
        "Raises the price of a plan in these placements; the price of another one falls to pay for it.",
        "Change in price",
        "",
        "price",
        children=False,
        placements="Where does the price rise?",
        to="Whose price pays for it?",
    ),
    Kind.INFLATION_CAP: Asks(
        "Cap on price rises",
        "No price in these placements rises by more in a year, as in a framework contract.",
        "Largest rise in a year",
        "In per cent.",
        "share",
        most=100.0,
        least=-50.0,
        children=False,
    ),
    Kind.FIXED: Asks(
        "Spending that follows no plan",
        "Adds to, or takes from, a section 251 line each year.",
        "Pounds a year",
        "Enter −250,000 for £250,000 less.",
        "money",
        children=False,
    ),
}
BY_PERCENT, BY_POUNDS = "percent", "pounds"


class KindForm(PlainForm):
    """Which kind of effect to add."""

    kind = forms.ChoiceField(
        label="What does it change?",
        choices=[(kind.value, asks.title) for kind, asks in KINDS.items()],
        widget=forms.RadioSelect,
    )


class EffectForm(PlainForm):
    """One effect. `plain` gives it as `forecast.mitigation_data` reads it."""

    after = NumberField(
        label="Years after the start",
        required=False,
        least=0,
        most=20,
        help_text="For a part that comes later than the rest. Leave empty if it begins with the mitigation.",
    )
    ramp = RampField(
        label="Ramp of its own",
        required=False,
        help_text="Only if this part grows otherwise than the mitigation, such as 25% 50% 100%.",
    )

    def __init__(self, *args: Any, kind: Kind, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.asks, self.space = kind, KINDS[kind], space
        last = {name: self.fields.pop(name) for name in ("after", "ramp")}
        self.fields |= self._amount() | self._where() | last
        plain_messages(self)

    def _amount(self) -> dict[str, forms.Field]:
        asks = self.asks
        if asks.amount == "price":
            choices = [(BY_PERCENT, "Per cent of the price"), (BY_POUNDS, "Pounds a plan")]
            return {
                "by": forms.ChoiceField(label="Change by", choices=choices, widget=forms.RadioSelect),
                "amount": NumberField(
                    label=asks.label, least=-1e6, most=1e6, help_text="A fall is negative: −5 or −2,500."
                ),
            }
        if asks.amount == "money":
            return {"amount": MoneyField(label=asks.label, help_text=asks.hint)}
        percent = asks.amount in {"share", "change"}
        field = NumberField(
            label=asks.label, help_text=asks.hint, percent=percent, least=asks.least, most=asks.most
        )
        return {"amount": field}

    def _where(self) -> dict[str, forms.Field]:
        asks, needs = self.asks, RULES[self.kind].needs
        found: dict[str, forms.Field] = {}
        places = [(place.code, place.title) for place in self.space.placements]
        if "line" in needs:
            lines = [("", "Choose a line"), *((line, words.line_name(line)) for line in LINES)]
            return {"line": forms.ChoiceField(label="Section 251 line", choices=lines)}
        if self.kind is Kind.PLACES:
            found["placements"] = forms.ChoiceField(
                label=asks.placements, choices=places, widget=forms.RadioSelect
            )
        else:
            must = "placements" in needs
            found["placements"] = forms.MultipleChoiceField(
                label=asks.placements,
                choices=places,
                required=must,
                widget=forms.CheckboxSelectMultiple,
                help_text="" if must else "Leave empty for all.",
            )
        if asks.to:
            found["to"] = forms.ChoiceField(label=asks.to, choices=places, widget=forms.RadioSelect)
        return found | (self._children() if asks.children else {})

    def _children(self) -> dict[str, forms.Field]:
        first, last = self.space.ages[0], self.space.ages[-1]
        ends: dict[str, Any] = {"required": False, "least": first, "most": last}
        needs = list(zip(self.space.needs, words.needs(self.space), strict=True))
        return {
            "first_age": NumberField(
                label="Youngest", help_text="Age at 31 August. Leave both empty for all ages.", **ends
            ),
            "last_age": NumberField(label="Oldest", **ends),
            "needs": forms.MultipleChoiceField(
                label="Primary needs",
                choices=needs,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="Leave empty for all.",
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Ages go together. What the forecast itself refuses is told when the mitigation is saved."""
        data = super().clean() or {}
        first, last = data.get("first_age"), data.get("last_age")
        if (first is None) != (last is None):
            missing = "first_age" if first is None else "last_age"
            self.add_error(missing, "Enter both the youngest and the oldest age, or neither")
        elif first is not None and last is not None and first > last:
            self.add_error("last_age", "The oldest age must be the youngest age or more")
        return data

    def plain(self) -> dict[str, Any]:
        """The effect as plain data, of a valid form."""
        data = self.cleaned_data
        amount, unit = float(data["amount"]), RULES[self.kind].units[0]
        if self.asks.amount == "change":
            amount += 1.0
        if self.asks.amount == "price":
            amount, unit = (amount, POUNDS_A_PLAN) if data["by"] == BY_POUNDS else (1 + amount / 100, unit)
        places = data.get("placements") or []
        ages = None
        if data.get("first_age") is not None:
            ages = [int(data["first_age"]), int(data["last_age"])]
        return {
            "kind": self.kind.value,
            "amount": round(amount, 9),
            "unit": unit,
            "where": {
                "ages": ages,
                "needs": list(data.get("needs") or []),
                "placements": [places] if isinstance(places, str) else list(places),
                "to": data.get("to") or "",
                "line": data.get("line") or "",
            },
            "after": int(data["after"] or 0),
            "ramp": list(data["ramp"]),
        }

    @classmethod
    def initial_of(cls, effect: dict[str, Any]) -> dict[str, Any]:
        """What the form shows of an effect that is there."""
        kind, where = Kind(effect["kind"]), effect.get("where", {})
        asks, amount = KINDS[kind], effect["amount"]
        by = BY_POUNDS if effect["unit"] == POUNDS_A_PLAN else BY_PERCENT
        if asks.amount == "change":
            amount -= 1.0
        if asks.amount == "price" and by == BY_PERCENT:
            amount = round((amount - 1) * 100, 6)
        ages, places = where.get("ages") or [None, None], where.get("placements", [])
        return {
            "amount": round(amount, 9),
            "by": by,
            "placements": places[0] if kind is Kind.PLACES and places else places,
            "to": where.get("to", ""),
            "line": where.get("line", ""),
            "first_age": ages[0],
            "last_age": ages[1],
            "needs": where.get("needs", []),
            "after": effect.get("after") or None,
            "ramp": effect.get("ramp", []),
        }
