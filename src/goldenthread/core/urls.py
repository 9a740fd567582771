"""Addresses of the core room."""

from django.urls import URLPattern, URLResolver, path

from goldenthread.core.views import administration, audit, health, home, jobs, outbox, sign_in, users

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("my-account/", home.account, name="account_page"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("cookies/", home.cookies, name="cookies"),
    path("privacy/", home.privacy, name="privacy"),
    path("gallery/", home.gallery, name="gallery"),
    path("theme.css", home.theme, name="theme"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/link/", sign_in.ask_for_link, name="sign_in_link"),
    path("sign-in/link/sent/", sign_in.link_sent, name="sign_in_link_sent"),
    path("sign-in/link/use/<str:token>/", sign_in.use_link, name="sign_in_link_use"),
    path("sign-in/second-step/", sign_in.second_factor_needed, name="second_factor_needed"),
    path("administration/", administration.index, name="administration"),
    path("administration/users/", users.listing, name="users"),
    path("administration/users/invite/", users.invite, name="user_invite"),
    path("administration/users/<uuid:user_id>/", users.detail, name="user"),
    path("administration/users/<uuid:user_id>/role/", users.change_role, name="user_change_role"),
    path("administration/users/<uuid:user_id>/invite/", users.invite_again, name="user_invite_again"),
    path("administration/users/<uuid:user_id>/close/", users.deactivate, name="user_deactivate"),
    path("administration/users/<uuid:user_id>/open/", users.activate, name="user_activate"),
    path(
        "administration/users/<uuid:user_id>/reset-second-step/",
        users.reset_second_factor,
        name="user_reset_second_factor",
    ),
    path("administration/audit/", audit.listing, name="audit"),
    path("administration/notices/", outbox.listing, name="outbox"),
    path("administration/notices/<uuid:notice_id>/", outbox.detail, name="notice"),
    path("administration/notices/<uuid:notice_id>/retry/", outbox.retry, name="notice_retry"),
    path("administration/jobs/", jobs.listing, name="jobs"),
    path("administration/jobs/<uuid:job_id>/retry/", jobs.retry, name="job_retry"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
]
