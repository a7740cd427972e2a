"""The programming interface: everything under /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path

from enforcement.web.api.description import description, open_description

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", description, name="api_schema"),
    path("open/", include("exemption_lists.web.api.urls_open")),
    path("open/schema/", open_description, name="open_api_schema"),
    path("", include("cases.web.api.urls")),
]
