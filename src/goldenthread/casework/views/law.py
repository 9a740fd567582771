"""The law as this site counts it: every rule with its source, and worked examples."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldenthread.casework.presenters import law as presenter
from goldenthread.core import clock
from goldenthread.core.access import public


@public
@require_GET
def law(request: HttpRequest) -> HttpResponse:
    """Every rule by stage, the grounds for exceptions, and worked examples. Open to anyone."""
    return render(request, "casework/law.html", presenter.context(clock.today()))
