"""Addresses of the open data: the eleven endpoints of Open Referral UK 3.0, and the OpenAPI document."""

from django.urls import path

from goldenthread.localoffer.oruk.api import views
from goldenthread.localoffer.oruk.api.views import KINDS

# The root as it is mostly written down, without a slash: a redirect would not be open to other sites.
BARE = [path("", views.details, name="oruk_bare")]
urlpatterns = [
    path("", views.details, name="oruk_details"),
    path("openapi.json", views.specification, name="oruk_openapi"),
]
for _kind in KINDS:
    urlpatterns += [
        path(_kind, views.many, {"kind": _kind}, name=f"oruk_{_kind}"),
        path(f"{_kind}/<str:key>", views.one, {"kind": _kind}, name=f"oruk_{_kind}_one"),
    ]
