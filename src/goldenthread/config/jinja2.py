"""The Jinja2 environment of every page: autoescaping, GOV.UK macros, our filters and globals."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader

from goldenthread.core.ui import filters, forms, signin
from goldenthread.core.ui.due import Due
from goldenthread.core.ui.tables import cell_kind

_FILTERS = {
    "date": filters.long_date,
    "short_date": filters.short_date,
    "month": filters.month,
    "time": filters.clock_time,
    "ago": filters.ago,
    "days_left": filters.days_left,
    "number": filters.number,
    "percent": filters.percent,
    "pounds": filters.pounds,
    "yes_no": filters.yes_no,
    "plural": filters.plural,
}


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of the named route, as Django's `reverse`. Raises NoReverseMatch."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    """Build the environment for Django's Jinja2 backend.

    GOV.UK's macros are mounted under `govuk_frontend_jinja/`, the prefix they use among themselves.
    A missing value chains to empty, which those macros rely on.
    """
    options["loader"] = ChoiceLoader(
        [options["loader"], PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]
    )
    options["autoescape"] = True
    options["undefined"] = ChainableUndefined
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    options["extensions"] = [*options.get("extensions", []), "jinja2.ext.do"]
    env = Environment(**options)  # noqa: S701 - autoescape is set to True above
    env.filters.update(_FILTERS)
    env.globals.update(
        url=url,
        static=static,
        field_view=forms.field_view,
        error_items=forms.error_items,
        visible_fields=forms.visible_fields,
        cell_kind=cell_kind,
        due_of=Due.of,
        sign_in_providers=signin.providers,
        describe_browser=signin.describe_browser,
    )
    return env
