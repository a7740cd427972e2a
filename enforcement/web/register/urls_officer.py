"""The register under /officer/register/: one include per kind of row."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
