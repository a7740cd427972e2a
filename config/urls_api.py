"""The programming interface: everything under /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path

from enforcement.web.api.description import description

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", description, name="api_schema"),
    path("", include("cases.web.api.urls")),
]
