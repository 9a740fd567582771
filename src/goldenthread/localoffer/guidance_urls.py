"""Addresses of guidance, for everybody and for editors: /local-offer/."""

from django.urls import URLPattern, URLResolver, path

from goldenthread.localoffer.guidance.views import board, lists, public

urlpatterns: list[URLPattern | URLResolver] = [
    path("topics/<slug:slug>", public.topic, name="lo_topic"),
    path("guidance/<slug:slug>", public.page, name="lo_page"),
    path("guidance/<slug:slug>/<slug:language>", public.other_form, name="lo_page_in"),
    path("words/", public.words, name="lo_words"),
    path("the-law", board.law, name="lo_law"),
    path("settings/", lists.kinds, name="lo_settings"),
    path("settings/answers/<uuid:service_id>", lists.answers, name="lo_setting"),
    path("settings/<slug:kind>", lists.of_kind, name="lo_settings_of"),
    path("edit/coverage", board.board, name="lo_coverage"),
]
