"""Pages of those who supervise: everything under /supervisor/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("supervision.web.urls_supervisor")),
]
