"""Parts of allauth that nobody uses here: accounts are made by an administrator, with one email address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from goldenthread.core.access import public
from goldenthread.core.refusals import NotFound


@public
def closed(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Not done here. Raises NotFound."""
    raise NotFound(
        "This page is not used here.",
        "The council makes the accounts. To change your email address, ask the council.",
    )


# allauth looks these names up, so they stay, and lead nowhere.
CLOSED = [
    path("signup/", closed, name="account_signup"),
    path("email/", closed, name="account_email"),
    path("confirm-email/", closed, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", closed, name="account_confirm_email"),
    path("login/code/confirm/", closed, name="account_confirm_login_code"),
    path("3rdparty/", closed, name="socialaccount_connections"),
    path("3rdparty/signup/", closed, name="socialaccount_signup"),
    path("social/login/cancelled/", closed),
    path("social/login/error/", closed),
    path("social/signup/", closed),
    path("social/connections/", closed),
]
