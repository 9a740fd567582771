"""Publishing a year: what it would hold, then the button."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.consultations import actions, forms, presenters, queries
from goldenthread.consultations.views.parts import add_refusal, publishers, staff_pages, status_of
from goldenthread.core import clock
from goldenthread.core.access import signed_in
from goldenthread.core.refusals import InvalidInput


@publishers
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """Look at what would be published, and publish it."""
    today, on = clock.today(), queries.next_due()
    form = forms.YearForm(request.POST or None, initial=_initial(today))
    preview = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if "publish" not in request.POST:
            content = queries.year_of(data["starts_on"], data["ends_on"], on=today)
            preview = (presenters.year_shown(content), presenters.year_stats(content), content)
        else:
            try:
                made = actions.publish_year(by=signed_in(request), **data)
            except InvalidInput as refused:
                add_refusal(form, refused)
            else:
                messages.success(request, "Published.")
                return HttpResponseRedirect(reverse("year_published", args=[made.pk]))
    context = {
        "tabs": staff_pages("publish_year"),
        "form": form,
        "preview": preview,
        "due": presenters.due_words(on, today),
        "late": on is not None and on < today,
        "law": presenters.LAW,
        "years": list(queries.publications()),
    }
    return render(request, "consultations/publish.html", context, status=status_of(form))


def _initial(today: date) -> dict[str, object]:
    """From the day after the last publication's period, or a year back, until today."""
    last = queries.publications().first()
    start = last.ends_on + timedelta(days=1) if last else today - timedelta(days=365)
    return {"starts_on": min(start, today), "ends_on": today, "title": f"You said, we did: {today.year}"}
