"""区划变更, below /officer/register/region-changes/."""

from django.urls import path

from enforcement.web.organisations import region_views

app_name = "region_changes"

urlpatterns = [
    path("", region_views.changes, name="list"),
    path("new/", region_views.record, name="record"),
]
