"""Pages of the three administrators (系统、安全、审计): everything under /administrator/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("enforcement.web.administrators.urls")),
]
