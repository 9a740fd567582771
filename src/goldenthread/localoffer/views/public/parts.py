"""What the pages for everybody share: their frame, and answers that a browser need not fetch twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers

from goldenthread.core.ui.parts import NavItem
from goldenthread.localoffer import shortlist
from goldenthread.localoffer.ways_on import ways_on

COOKIE, SALT = "gt_shortlist", "localoffer.shortlist"
# What differs each time a page is drawn, though it says the same.
_EACH_TIME = re.compile(rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page of the Local Offer. Every one knows which services are on the visitor's shortlist."""
    mine = {str(key) for key in shortlisted(request)}
    whole = {"kept": mine, "shortlist_href": reverse("lo_shortlist"), **ways_on(), **context}
    return render(request, f"localoffer/public/{template}.html", whole, status=status)


def shortlisted(request: HttpRequest) -> tuple[UUID, ...]:
    """The keys on the visitor's shortlist; none where the cookie is not as we wrote it."""
    return shortlist.read(str(request.get_signed_cookie(COOKIE, default="", salt=SALT)))


def trail(*more: NavItem) -> list[NavItem]:
    """The way back: the Local Offer, and what lies between."""
    return [NavItem("Local Offer", reverse("local_offer")), *more]


def kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the page an ETag of what it says, and answer 304 to a browser that has it.

    Only for visitors: the pages of those who are signed in are kept by nobody. A 304 says nothing of the
    security policy, so that the page keeps that with which it came and whose nonce stands in it.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated or response.status_code != 200 or response.streaming:
            return response
        said = _EACH_TIME.sub(b"", response.content)
        said += request.COOKIES.get(settings.CSRF_COOKIE_NAME, "").encode()
        etag = f'"{hashlib.sha256(said).hexdigest()[:32]}"'
        response["ETag"] = etag
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Cookie"])
        found: HttpResponse = get_conditional_response(request, etag=etag, response=response)  # type: ignore[assignment]
        if found.status_code == 304:
            found._csp_exempt = True  # type: ignore[attr-defined]
        return found

    return answer
