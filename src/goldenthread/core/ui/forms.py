"""Django form fields as GOV.UK components: which component, and its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.forms import BaseForm
from django.utils.encoding import force_str

from goldenthread.core.ui.fields import PARTS, DateInputs, end_of_select, parts_of


@dataclass(frozen=True)
class FieldView:
    """A component's name and its parameters, as the field macro draws them."""

    component: str
    params: Mapping[str, Any]


class PlainForm(forms.Form):
    """A form whose messages for empty fields say what to do: "Enter the reason"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_messages(self)


def plain_messages(form: BaseForm) -> None:
    """Replace "This field is required." by "Enter …" or "Select …", unless a field has its own words."""
    stock = force_str(forms.Field.default_error_messages["required"])
    for name, field in form.fields.items():
        if force_str(field.error_messages.get("required", "")) == stock:
            verb = "Select" if isinstance(field, forms.ChoiceField | forms.ModelChoiceField) else "Enter"
            if isinstance(field, forms.FileField):
                verb = "Choose a file for"
            words = f"{verb} {_lower_first(form[name].label)}"
            if isinstance(field, forms.BooleanField):
                words = f"Tick “{form[name].label}” to go on"
            field.error_messages["required"] = words


def _lower_first(label: Any) -> str:
    """The label to follow a verb: `Date of birth` becomes `date of birth`, `UPN` and `EHC plan` stay."""
    text = str(label).rstrip("?:")
    return text[:1].lower() + text[1:] if not text[1:2].isupper() else text


def visible_fields(form: BaseForm) -> list[BoundField]:
    """The fields to draw; the macro draws the hidden ones too."""
    return list(form.visible_fields())


def first_input_id(bound: BoundField) -> str:
    """The id of the first thing to fill in: for a date, the first wrong box; for a choice, its first item."""
    if isinstance(bound.field.widget, DateInputs):
        return f"{bound.auto_id}-{(_wrong_parts(bound) or list(PARTS))[0]}"
    return bound.auto_id


def _wrong_parts(bound: BoundField) -> list[str]:
    """The boxes of a date that an error names; all of them where an error names none."""
    errors = bound.errors.as_data() if hasattr(bound.errors, "as_data") else []
    parts = [part for error in errors for part in (error.params or {}).get("date_parts", PARTS)]
    return [part for part in PARTS if part in parts]


def error_items(*forms_: BaseForm) -> list[dict[str, str]]:
    """What the error summary lists, in the order of the page: the form's own errors, then each field's.

    Each has `text`, and `href` to the first input at fault.
    """
    items: list[dict[str, str]] = []
    for form in forms_:
        if not form.is_bound:
            continue
        items += [{"text": str(text)} for text in form.non_field_errors()]
        for bound in form:
            href = "" if bound.is_hidden else f"#{first_input_id(bound)}"
            items += [{"text": str(text)} | ({"href": href} if href else {}) for text in bound.errors]
    return items


def field_view(bound: BoundField, **options: Any) -> FieldView:
    """The component for a form field.

    Options: `label`, `hint`, `label_size` (s, m, l, xl), `page_heading` (the label is the page's h1),
    `width` (2, 3, 4, 5, 10, 20 characters), `prefix`, `suffix`, `rows`, `small`, `inline`,
    `item_hints` and `conditionals` (by choice value), `optional_words` (False to leave them out).
    """
    widget = bound.field.widget
    for types, name, build in _BUILDERS:
        if isinstance(widget, types):
            params = _common(bound, options)
            return FieldView(name, params | build(bound, options, params))
    return FieldView("widget", {"html": bound.as_widget()} | _common(bound, options))


def _common(bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    """Name, id, label, hint and error, as every component takes them."""
    size = options.get("label_size") or ("l" if options.get("page_heading") else "")
    words = str(options.get("label") or bound.label)
    says_optional = getattr(bound.field, "says_optional", not bound.field.required)
    if says_optional and options.get("optional_words", True):
        words = f"{words} (optional)"
    hint = options.get("hint") or bound.help_text
    params: dict[str, Any] = {
        "id": bound.auto_id,
        "name": bound.html_name,
        "_words": words,
        "_size": size,
        "_heading": bool(options.get("page_heading")),
        "label": {
            "text": words,
            "classes": f"govuk-label--{size}" if size else "",
            "isPageHeading": bool(options.get("page_heading")),
        },
    }
    if hint:
        params["hint"] = {"text": str(hint)}
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(str(text) for text in bound.errors)}
    if bound.field.disabled:
        params["disabled"] = True
    return params


def _legend(params: Mapping[str, Any]) -> dict[str, Any]:
    """A fieldset whose legend is the field's label."""
    size = params["_size"]
    return {
        "legend": {
            "text": params["_words"],
            "classes": f"govuk-fieldset__legend--{size}" if size else "",
            "isPageHeading": params["_heading"],
        }
    }


_TAKEN = (
    *("type", "class", "id", "name", "value", "rows", "cols"),
    # A placeholder goes away when one types: the label and the hint say what is wanted.
    *("placeholder", "autocomplete", "inputmode", "spellcheck"),
)


def _attributes(bound: BoundField, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Attributes of the widget that the component has no parameter for."""
    return {key: value for key, value in bound.field.widget.attrs.items() if key not in (*_TAKEN, *without)}


def _text_value(bound: BoundField) -> str:
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else str(value)


def _input(bound: BoundField, options: Mapping[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    widget, attrs = bound.field.widget, bound.field.widget.attrs
    kind = getattr(widget, "input_type", "text")
    number = kind == "number"
    out = {
        # GOV.UK advises text with a numeric keyboard over number boxes, which a mouse wheel changes.
        "type": "text" if number else kind,
        "value": _text_value(bound),
        "classes": _width(bound, options),
        "attributes": _attributes(bound, without=("min", "max", "step") if number else ()),
        "autocomplete": attrs.get("autocomplete"),
        "inputmode": attrs.get("inputmode") or ("numeric" if number else None),
        "spellcheck": False if kind in {"email", "password"} else attrs.get("spellcheck"),
    }
    for side in ("prefix", "suffix"):
        if options.get(side):
            out[side] = {"text": str(options[side])}
    return out


def _width(bound: BoundField, options: Mapping[str, Any]) -> str:
    width = options.get("width") or bound.field.widget.attrs.get("data-width")
    return f"govuk-input--width-{width}" if width else ""


def _password(bound: BoundField, options: Mapping[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    return {"autocomplete": bound.field.widget.attrs.get("autocomplete"), "attributes": {}}


def _textarea(bound: BoundField, options: Mapping[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    attrs = _attributes(bound)
    limit = attrs.pop("maxlength", None)
    # Over the limit must be possible to type, so that nothing pasted is cut without a word.
    return {
        "value": _text_value(bound),
        "rows": options.get("rows") or 5,
        "attributes": attrs,
        "maxlength": limit,
        "spellcheck": True,
    }


def _choices(bound: BoundField, options: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The choices as items, grouped choices laid flat, with the chosen ones marked."""
    value = bound.value()
    chosen = {str(item) for item in value} if isinstance(value, list | tuple | set) else {_one(value)}
    hints, conditionals = options.get("item_hints") or {}, options.get("conditionals") or {}
    items = []
    for key, label in _flat(bound.field.choices):  # type: ignore[attr-defined]
        text = _one(key)
        item: dict[str, Any] = {"value": text, "text": str(label)}
        item["checked"] = item["selected"] = text in chosen
        if text in hints:
            item["hint"] = {"text": str(hints[text])}
        if text in conditionals:
            item["conditional"] = {"html": conditionals[text]}
        items.append(item)
    return items


def _one(value: Any) -> str:
    return "" if value is None else str(value)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    out: list[tuple[Any, Any]] = []
    for key, label in choices:
        out += [(k, v) for k, v in label] if isinstance(label, list | tuple) else [(key, label)]
    return out


def _group(bound: BoundField, options: Mapping[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    """Radios or checkboxes: one fieldset; an empty choice of a required question is left out."""
    kind = "checkboxes" if isinstance(bound.field.widget, forms.CheckboxSelectMultiple) else "radios"
    classes = [f"govuk-{kind}--small"] if options.get("small") else []
    if options.get("inline"):
        classes.append(f"govuk-{kind}--inline")
    items = [item for item in _choices(bound, options) if item["value"] or not bound.field.required]
    return {
        "idPrefix": bound.auto_id,
        "fieldset": _legend(params),
        "items": items,
        "classes": " ".join(classes),
    }


def _select(bound: BoundField, options: Mapping[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    attrs = _attributes(bound)
    if isinstance(bound.field.widget, forms.SelectMultiple):
        attrs["multiple"] = "multiple"
    return {"items": [], "end": end_of_select(_choices(bound, options)), "attributes": attrs}


def _checkbox(bound: BoundField, options: Mapping[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    words = str(options.get("label") or bound.label)
    item: dict[str, Any] = {"value": "on", "text": words, "id": bound.auto_id}
    if "hint" in params:
        item["hint"] = params["hint"]
    item["checked"] = bool(bound.value())
    small = "govuk-checkboxes--small" if options.get("small") else ""
    return {"idPrefix": bound.auto_id, "items": [item], "classes": small, "hint": None}


def _date(bound: BoundField, options: Mapping[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    wrong = _wrong_parts(bound) if bound.errors else []
    items = []
    for name, text in zip(PARTS, parts_of(bound.value()), strict=True):
        width = "govuk-input--width-4" if name == "year" else "govuk-input--width-2"
        items.append(
            {
                "name": f"{bound.html_name}-{name}",
                "id": f"{bound.auto_id}-{name}",
                "label": name.capitalize(),
                "value": text,
                "classes": f"{width} govuk-input--error" if name in wrong else width,
                "autocomplete": f"bday-{name}" if options.get("birthday") else None,
            }
        )
    return {"items": items, "fieldset": _legend(params)}


def _file(bound: BoundField, options: Mapping[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    attrs = _attributes(bound)
    return {"attributes": attrs, "multiple": bool(attrs.pop("multiple", False))}


_BUILDERS: tuple[tuple[Any, str, Any], ...] = (
    (DateInputs, "date", _date),
    (forms.HiddenInput, "hidden", lambda bound, _options, _params: {"html": bound.as_widget()}),
    (forms.PasswordInput, "password", _password),
    (forms.FileInput, "file", _file),
    (forms.CheckboxSelectMultiple, "checkboxes", _group),
    (forms.RadioSelect, "radios", _group),
    (forms.CheckboxInput, "checkboxes", _checkbox),
    (forms.Select, "select", _select),
    (forms.Textarea, "textarea", _textarea),
    (forms.widgets.Input, "input", _input),
    (forms.DateTimeInput, "input", _input),
)
