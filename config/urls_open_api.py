"""The open part of the interface alone, for its description."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/open/", include("exemption_lists.web.api.urls_open")),
]
