"""Every address of the site: each room brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    path("", include("goldenthread.core.urls")),
    path("people/", include("goldenthread.people.urls")),
    path("cases/", include("goldenthread.casework.urls")),
    path("placements/", include("goldenthread.placements.urls")),
    path("returns/", include("goldenthread.returns.urls")),
    path("demonstration/", include("goldenthread.demo.urls")),
]
