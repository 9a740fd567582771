"""Addresses of guidance, for everybody and for editors: /local-offer/."""

from django.urls import URLPattern, URLResolver, path

from goldenthread.localoffer.guidance.views import board, editing, lists, public

urlpatterns: list[URLPattern | URLResolver] = [
    path("topics/<slug:slug>", public.topic, name="lo_topic"),
    path("guidance/<slug:slug>", public.page, name="lo_page"),
    path("guidance/<slug:slug>/<slug:language>", public.other_form, name="lo_page_in"),
    path("words/", public.words, name="lo_words"),
    path("the-law", board.law, name="lo_law"),
    path("settings/", lists.kinds, name="lo_settings"),
    path("settings/answers/<uuid:service_id>", lists.answers, name="lo_setting"),
    path("settings/<slug:kind>", lists.of_kind, name="lo_settings_of"),
    path("edit/guidance/", editing.listing, name="lo_guidance_pages"),
    path("edit/guidance/new/", editing.start, name="lo_guidance_new"),
    path("edit/guidance/page/<slug:slug>/", editing.show, name="lo_guidance"),
    path("edit/guidance/page/<slug:slug>/edit/", editing.edit, name="lo_guidance_edit"),
    path("edit/guidance/page/<slug:slug>/versions/", editing.versions, name="lo_guidance_versions"),
    path(
        "edit/guidance/page/<slug:slug>/versions/<int:number>/", editing.version, name="lo_guidance_version"
    ),
    path("edit/guidance/page/<slug:slug>/in/<slug:language>/", editing.rendition, name="lo_guidance_in"),
    path("edit/guidance/page/<slug:slug>/do/<slug:what>/", editing.decide, name="lo_guidance_do"),
    path("edit/coverage", board.board, name="lo_coverage"),
]
