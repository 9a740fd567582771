"""Filters of a list: the chips that show which are on, and the address without each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.forms import BaseForm
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from goldenthread.core.ui.fields import PARTS, DateInputs
from goldenthread.core.ui.filters import short_date

PAGING = ("page",)


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address of the list without it."""

    text: str
    href: str


def chips(form: BaseForm, params: MultiValueDict[str, str]) -> list[Chip]:
    """A chip for each value of a valid, bound filter form, in the order of its fields.

    `params` is request.GET; other parameters stay, the page goes back to 1.
    """
    if not form.is_valid():
        return []
    out: list[Chip] = []
    for bound in form:
        value = form.cleaned_data.get(bound.name)
        if value in (None, "", [], (), False) or bound.is_hidden:
            continue
        label = str(bound.label)
        if isinstance(bound.field.widget, forms.CheckboxSelectMultiple | forms.SelectMultiple):
            names = _names(bound.field)
            for one in params.getlist(bound.html_name):
                text = f"{label}: {names.get(one, one)}"
                out.append(Chip(text, _without(params, [bound.html_name], only=one)))
        else:
            out.append(Chip(_words(label, bound.field, value), _without(params, _keys(bound))))
    return out


def _keys(bound: forms.BoundField) -> list[str]:
    parts = isinstance(bound.field.widget, DateInputs)
    return [bound.html_name, *(f"{bound.html_name}-{part}" for part in (PARTS if parts else ()))]


def _names(field: Any) -> dict[str, str]:
    return {str(key): str(label) for key, label in getattr(field, "choices", ())}


def _words(label: str, field: Any, value: Any) -> str:
    if value is True:
        return label
    names = _names(field) if isinstance(field, forms.ChoiceField) else {}
    shown = names.get(str(value)) or (short_date(value) if hasattr(value, "year") else str(value))
    return f"{label}: {shown}"


def _without(params: MultiValueDict[str, str], keys: Sequence[str], *, only: str | None = None) -> str:
    query = QueryDict(mutable=True)
    for key in params:
        values = params.getlist(key)
        if key in PAGING:
            continue
        if key in keys:
            values = [value for value in values if only is not None and value != only]
        if values:
            query.setlist(key, values)
    return f"?{query.urlencode()}"


def kept(params: MultiValueDict[str, str], form: BaseForm) -> list[tuple[str, str]]:
    """Parameters that a filter form must carry as hidden inputs: those not its own, and not the page."""
    own: set[str] = {key for bound in form for key in _keys(bound)}
    others = [key for key in params if key not in own and key not in PAGING]
    return [(key, value) for key in others for value in params.getlist(key)]


@dataclass(frozen=True)
class FilterPanel:
    """All that the filter macro needs. `clear_href` is the list with no filters."""

    form: BaseForm
    chips: Sequence[Chip]
    kept: Sequence[tuple[str, str]] = ()
    clear_href: str = "?"
    options: Mapping[str, Mapping[str, Any]] | None = None

    @classmethod
    def of(
        cls,
        form: BaseForm,
        params: MultiValueDict[str, str],
        *,
        clear_href: str = "?",
        options: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> FilterPanel:
        """The panel of a bound filter form. `options` gives field options by field name."""
        return cls(form, chips(form, params), kept(params, form), clear_href, options)
