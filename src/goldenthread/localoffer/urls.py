"""Addresses of the Local Offer."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("goldenthread.localoffer.public_urls")),
    path("", include("goldenthread.localoffer.guidance_urls")),
    path("edit/", include("goldenthread.localoffer.edit_urls")),
]
