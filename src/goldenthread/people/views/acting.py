"""What every page that changes something does: try the action, show a refusal on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from goldenthread.core.access import for_permission, for_roles
from goldenthread.core.permissions import roles_with
from goldenthread.core.refusals import InvalidInput, NotAllowedNow
from goldenthread.core.roles import Role

T = TypeVar("T")
ask_then_do = require_http_methods(["GET", "HEAD", "POST"])
readers = for_permission("people.view")
searchers = for_permission("people.search")
editors = for_permission("people.edit")
mergers = for_permission("people.merge")
setting_readers = for_permission("people.view_settings")
register_loaders = for_permission("people.import_settings")
readers_and_family = for_roles(*roles_with("people.view"), Role.FAMILY)


def data_of(request: HttpRequest) -> Any:
    """What was sent, or None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def act(form: forms.Form, action: Callable[[], T]) -> T | None:
    """Run the action for a valid form; a refusal that the person can mend becomes an error of the form."""
    try:
        return action()
    except InvalidInput as wrong:
        text = f"{wrong.message} {wrong.mend}".strip()
        form.add_error(wrong.field if wrong.field in form.fields else None, text)
    except NotAllowedNow as refusal:
        form.add_error(None, f"{refusal.message} {refusal.mend}".strip())
    return None


def page(request: HttpRequest, **context: Any) -> HttpResponse:
    """A page that is one form: `heading`, `back`, `form`, `button`; perhaps `caption`, `intro`, `options`."""
    return render(request, "people/form.html", context)
