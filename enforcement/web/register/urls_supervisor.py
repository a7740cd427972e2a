"""The register as supervisors read it: under /supervisor/register/. Nothing is written here."""

from django.urls import URLPattern, URLResolver, include, path

from enforcement.web.access import supervisor_page
from enforcement.web.register.areas.officers import OFFICERS
from enforcement.web.register.people.warning_views import supervisor_warnings
from enforcement.web.register.places import RegisterPlace
from enforcement.web.register.urls import pages_of

OFFICERS_PLACE = RegisterPlace(
    OFFICERS,
    "supervisor_officers",
    "supervisor/base.html",
    index_name="",
    read_only=True,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("warnings/", include(([path("", supervisor_warnings, name="warnings")], "supervisor_register"))),
    path("officers/", include(pages_of(OFFICERS_PLACE, supervisor_page))),
]
