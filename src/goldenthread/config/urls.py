"""Every address of the site: each room brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from goldenthread.core.views.accounts import CLOSED
from goldenthread.localoffer.oruk.urls import BARE

urlpatterns: list[URLPattern | URLResolver] = [
    # Before allauth's own: what nobody does here, such as signing up.
    path("account/", include(CLOSED)),
    path("account/", include("allauth.urls")),
    path("", include("goldenthread.core.urls")),
    path("people/", include("goldenthread.people.urls")),
    path("local-offer/", include("goldenthread.localoffer.urls")),
    path("oruk/v3", include(BARE)),
    path("oruk/v3/", include("goldenthread.localoffer.oruk.urls")),
    path("have-your-say/", include("goldenthread.consultations.urls")),
    path("cases/", include("goldenthread.casework.urls")),
    path("placements/", include("goldenthread.placements.urls")),
    path("returns/", include("goldenthread.returns.urls")),
    path("planning/", include("goldenthread.planning.urls")),
    path("demonstration/", include("goldenthread.demo.urls")),
]

handler400 = "goldenthread.core.views.errors.bad_request"
handler403 = "goldenthread.core.views.errors.forbidden"
handler404 = "goldenthread.core.views.errors.not_found"
handler429 = "goldenthread.core.views.errors.too_many"
handler500 = "goldenthread.core.views.errors.failed"
