"""Addresses of the demo room."""

from django.urls import URLPattern, URLResolver, path

from goldenthread.demo import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.personas, name="personas"),
    path("about/", views.about, name="about_demonstration"),
    path("be/<slug:key>/", views.be, name="be_persona"),
]
