"""Addresses of the consultations room."""

from django.urls import URLPattern, URLResolver, include, path

from goldenthread.consultations.views import consulting, gaps, public, publishing, queue, ratings, themes

_comments: list[URLPattern | URLResolver] = [
    path("", queue.listing, name="comments"),
    path("enter/", queue.paper, name="comment_enter"),
    path("<uuid:comment_id>/", queue.show, name="comment"),
    path("<uuid:comment_id>/action/", themes.add, name="comment_action"),
    path("<uuid:comment_id>/<slug:what>/", queue.do, name="comment_do"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.home, name="have_your_say"),
    path("tell-us/", public.tell_us, name="tell_us"),
    path("tell-us/thank-you/", public.thanks, name="comment_thanks"),
    path("tell-us/<slug:kind>/<str:about_id>/", public.tell_us, name="tell_us_about"),
    path("what-people-said/", public.said, name="what_people_said"),
    path("you-said-we-did/", public.years, name="you_said_we_did"),
    path("you-said-we-did/<uuid:publication_id>/", public.year, name="year_published"),
    path("page/<slug:kind>/<str:about_id>/", ratings.rate, name="rate_page"),
    path("page/<slug:kind>/<str:about_id>/thank-you/", ratings.thanks, name="rating_thanks"),
    path("comments/", include(_comments)),
    path("who-helped/", consulting.helped, name="who_helped"),
    path("consultations/", consulting.listing, name="consultation_log"),
    path("consultations/new/", consulting.edit, name="consultation_new"),
    path("consultations/<uuid:consultation_id>/", consulting.edit, name="consultation_edit"),
    path("themes/", themes.listing, name="themes"),
    path("themes/new/", themes.edit, name="theme_new"),
    path("themes/<uuid:theme_id>/", themes.edit, name="theme_edit"),
    path("actions/", themes.follow_ups, name="follow_ups"),
    path("actions/new/", themes.add, name="follow_up_new"),
    path("actions/<uuid:follow_up_id>/", themes.follow_up, name="follow_up"),
    path("publish/", publishing.publish, name="publish_year"),
    path("ratings/", ratings.listing, name="page_ratings"),
    path("gaps/", gaps.gaps, name="gaps"),
]
