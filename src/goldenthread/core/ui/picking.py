"""Picking one of very many without script: type words, find, choose from what matches.

A form has two fields: `<name>_words`, to type in, and `<name>`, radios of what was found. The template draws
a button named `find` after the first (docs/interface.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.forms.forms import BaseForm


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to pick. `exact` holds the texts that mean this one and no other, such as its number."""

    key: UUID
    text: str
    exact: tuple[str, ...] = ()


Find = Callable[[str, UUID | None], Sequence[Found]]


class WordsField(forms.CharField):
    """The box to type in. It may be empty once something is picked, so it is not said to be optional."""

    says_optional = False


def words_field(label: str, hint: str) -> WordsField:
    """The box to type in."""
    return WordsField(label=label, required=False, max_length=120, help_text=hint)


def choice_field(label: str) -> forms.ChoiceField:
    """What was found, to choose from."""
    return forms.ChoiceField(label=label, required=False, widget=forms.RadioSelect)


def offer(form: BaseForm, name: str, find: Find) -> Sequence[Found]:
    """Look up what was typed and offer it; what was chosen before stays on offer."""
    words = _typed(form, name)
    found = find(words, as_key(form.data.get(name))) if len(words) > 1 or form.data.get(name) else ()
    form.fields[name].choices = [(str(one.key), one.text) for one in found]  # type: ignore[attr-defined]
    return found


def picked(form: BaseForm, name: str, found: Sequence[Found], noun: str) -> UUID:
    """The key chosen; the one that is exactly what was typed counts as chosen. Raises ValidationError."""
    value = form.cleaned_data.get(name)
    if value:
        return UUID(value)
    words = _typed(form, name)
    exact = [one for one in found if words.casefold() in {text.casefold() for text in one.exact}]
    if len(exact) == 1:
        return exact[0].key
    if not words:
        raise forms.ValidationError(f"Type to find the {noun}, then choose it")
    if not found:
        raise forms.ValidationError(f"No {noun} matches “{words}”. Type less, or its number")
    raise forms.ValidationError(f"Choose the {noun} from those that match")


def as_key(value: object) -> UUID | None:
    """A key from an address or a form; None where it is none."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _typed(form: BaseForm, name: str) -> str:
    return str(form.data.get(f"{name}_words") or "").strip()
