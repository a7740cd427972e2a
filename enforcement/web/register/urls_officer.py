"""The register under /officer/register/: one include per kind of row."""

from django.urls import URLPattern, URLResolver, include, path

from enforcement.web.register.areas.lines import LINES
from enforcement.web.register.areas.regions import REGIONS
from enforcement.web.register.list_views import index
from enforcement.web.register.urls import register_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(([path("", index, name="index")], "register"))),
    path("regions/", include(register_urls(REGIONS))),
    path("lines/", include(register_urls(LINES))),
]
