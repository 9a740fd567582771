"""Addresses of the returns room."""

from django.urls import URLPattern, URLResolver, path

from goldenthread.returns.views import runs

urlpatterns: list[URLPattern | URLResolver] = [
    path("", runs.listing, name="returns"),
    path("load/", runs.load, name="return_load"),
    path("<uuid:run_id>/", runs.show, name="return_run"),
    path("<uuid:run_id>/findings/", runs.issues, name="return_issues"),
    path("<uuid:run_id>/report.csv", runs.report, name="return_report"),
    path("<uuid:run_id>/load/", runs.load_checked, name="return_load_checked"),
    path("<uuid:run_id>/cancel/", runs.cancel, name="return_cancel"),
]
