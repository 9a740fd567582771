"""Addresses of the placements room."""

from django.urls import URLPattern, URLResolver, path

from goldenthread.placements import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:case_id>/start/", views.start, name="placement_start"),
    path("<uuid:case_id>/<uuid:placement_id>/end/", views.end, name="placement_end"),
]
