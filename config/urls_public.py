"""Pages for citizens and enterprises, without signing in: everything under /public/."""

from django.urls import URLPattern, URLResolver, include, path

from config.publication import SURFACES
from enforcement.web.documents.feed_views import matter_feed

# A violation is no document: its news come from the documents of every kind that speak of it.
MATTER_FEED = path(
    "matters/<str:code>/feed.<slug:feed_format>", matter_feed, {"surfaces": SURFACES}, name="matter_feed"
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("lists/", include("exemption_lists.web.urls_public")),
    path("self-check/", include("exemption_lists.web.urls_public_self_check")),
    path("standards/", include("discretion.web.urls_public")),
    path("joint-inspections/", include("joint_inspection.web.urls_public")),
    path("responsibility/", include("enforcement.web.responsibility.urls_public")),
    MATTER_FEED,
    path("laws/", include("enforcement.web.laws.urls_public")),
    path("decisions/", include("cases.web.urls_public")),
    path("agencies/", include("enforcement.web.organisations.urls_public_agencies")),
    path("delegations/", include("enforcement.web.organisations.urls_public_delegations")),
    path("", include("enforcement.web.ledger.urls_public")),
    path("", include("cases.web.urls_public_home")),
]
