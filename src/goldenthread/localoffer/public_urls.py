"""Addresses for everybody: /local-offer/."""

from django.urls import URLPattern, URLResolver, path

from goldenthread.localoffer.views.public import entry, feeds, home, results, shortlist

_SERVICE = "services/<uuid:service_id>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="local_offer"),
    path("search", results.results, name="lo_search"),
    path("search.csv", results.download, name="lo_search_csv"),
    path(_SERVICE, entry.show, name="lo_service"),
    path(f"{_SERVICE}/calendar", feeds.of_service, name="lo_service_calendar"),
    path("shortlist", shortlist.show, name="lo_shortlist"),
    path("shortlist/change", shortlist.change, name="lo_shortlist_change"),
    path("shortlist.csv", shortlist.download, name="lo_shortlist_csv"),
    path("shortlist/calendar", feeds.of_shortlist, name="lo_shortlist_calendar"),
    path("feeds/changes", feeds.changes, name="lo_changes_feed"),
    path("feeds/search", feeds.search, name="lo_search_feed"),
]
