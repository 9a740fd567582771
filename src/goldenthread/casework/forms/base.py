"""What every decision form on a case has: the version it was opened at, its answers in words, its layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict

from goldenthread.casework.models import Case
from goldenthread.core import clock
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput, Refusal
from goldenthread.core.ui.fields import DateField
from goldenthread.core.ui.filters import long_date
from goldenthread.core.ui.forms import PlainForm
from goldenthread.core.ui.parts import SummaryRow

Nested = Mapping[str, Mapping[str, Sequence[str]]]


class CaseForm(PlainForm):
    """A form about one case.

    `nested` puts fields under a choice of another field: field, choice, fields. `options` are those of the
    field macro. A field whose name ends in `_words` gets a button that looks for settings.
    """

    nested: ClassVar[Nested] = {}
    options: ClassVar[Mapping[str, Mapping[str, Any]]] = {}

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, by: Actor, **kwargs: Any) -> None:
        self.case, self.by = case, by
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", case.version)
        if "on" in self.fields:
            self.initial.setdefault("on", clock.today())
        self.prepare()

    def prepare(self) -> None:
        """Choices and defaults that depend on the case."""

    def given(self) -> dict[str, Any]:
        """What the action is called with, beside the case and who does it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def consequence(self) -> list[str]:
        """What else to say before it is recorded, in sentences."""
        return []

    def forgive(self) -> None:
        """Show what was typed without its errors: the form was sent only to look something up."""
        self.full_clean()
        self._errors = ErrorDict()

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal as an error of the form, at its field where it names one."""
        field = refusal.field if isinstance(refusal, InvalidInput) else None
        text = f"{refusal.message} {refusal.mend}".strip()
        self.add_error(field if field in self.fields else None, text)

    @property
    def below(self) -> set[str]:
        """The fields that stand under a choice of another field."""
        return {name for choices in self.nested.values() for names in choices.values() for name in names}

    def answers(self) -> list[SummaryRow]:
        """What was answered, in words; without what stands under a choice that was not made."""
        skipped = {
            name
            for parent, choices in self.nested.items()
            for choice, names in choices.items()
            if choice not in self._chosen(parent)
            for name in names
        }
        rows = []
        for bound in self.visible_fields():
            value = self.cleaned_data.get(bound.name)
            if bound.name in skipped or bound.name.endswith("_words") or value in (None, "", [], False):
                continue
            rows.append(SummaryRow(str(bound.label), self._words(bound.field, value)))
        return rows

    def _chosen(self, name: str) -> set[str]:
        value = self[name].data
        return set(value) if isinstance(value, list) else {str(value)}

    @staticmethod
    def _words(field: forms.Field, value: Any) -> Any:
        if isinstance(value, date):
            return long_date(value)
        if isinstance(field, forms.ChoiceField):
            names = {str(key): str(text) for key, text in _flat(field.choices)}
            if isinstance(value, list):
                return [names.get(str(one), str(one)) for one in value]
            return names.get(str(value)) or names.get({True: "yes", False: "no"}.get(value, ""), str(value))
        return value


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    out: list[tuple[Any, Any]] = []
    for key, text in choices:
        out += list(text) if isinstance(text, list | tuple) else [(key, text)]
    return out


def day(label: str, **kwargs: Any) -> DateField:
    """A day that is recorded."""
    return DateField(label=label, **kwargs)


class _SentencesField(forms.CharField):
    """Sentences that another answer may make necessary: not said to be optional."""

    says_optional = False


def text(
    label: str, *, required: bool = False, help_text: str = "", rows: int = 4, sometimes: bool = False
) -> forms.CharField:
    """Some sentences; with `sometimes` another answer makes them necessary, as its hint says."""
    return (_SentencesField if sometimes else forms.CharField)(
        label=label,
        required=required,
        help_text=help_text,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def yes_or_no(label: str, yes: str, no: str) -> forms.TypedChoiceField:
    """A decision one way or the other; True for yes."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no)],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the decision"},
    )
