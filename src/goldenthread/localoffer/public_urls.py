"""Addresses for everybody: /local-offer/."""

from django.urls import URLPattern, URLResolver, path

from goldenthread.localoffer.views.public import entry, home, results

_SERVICE = "services/<uuid:service_id>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="local_offer"),
    path("search", results.results, name="lo_search"),
    path("search.csv", results.download, name="lo_search_csv"),
    path(_SERVICE, entry.show, name="lo_service"),
]
