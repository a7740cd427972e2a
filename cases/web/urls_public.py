"""Addresses of published decisions, below /public/decisions/."""

from django.urls import path

from cases.web import public_views

app_name = "decisions_public"

urlpatterns = [
    path("", public_views.index, name="index"),
    path("<slug:slug>/", public_views.decision, name="decision"),
    path("<slug:slug>/content.json", public_views.content, name="content"),
]
