"""Acts on an agency, below /officer/register/agencies/acts/."""

from django.urls import path

from enforcement.web.organisations import act_views

app_name = "agency_acts"

urlpatterns = [
    path("<int:agency_id>/rename/", act_views.rename, name="rename"),
    path("<int:agency_id>/end/", act_views.end, name="end"),
    path("<int:agency_id>/move-duties/", act_views.move, name="move_duties"),
]
