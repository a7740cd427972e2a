"""/public/self-check/: which leniency may apply, asked question by question; no answer leaves the browser."""

from django.urls import path

from exemption_lists.web import self_check_views

app_name = "self_check_public"

urlpatterns = [
    path("", self_check_views.index, name="index"),
    path("<slug:slug>/<slug:entry_slug>/", self_check_views.check, name="check"),
]
