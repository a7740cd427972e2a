"""Pages of those who supervise: everything under /supervisor/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("register/", include("enforcement.web.register.urls_supervisor")),
    path("", include("supervision.web.urls_supervisor")),
]
