"""Acts on delegations, below /officer/register/delegations/acts/."""

from django.urls import path

from enforcement.web.organisations import act_views

app_name = "delegation_acts"

urlpatterns = [
    path("of/<int:agency_id>/new/", act_views.conclude, name="conclude"),
    path("<int:delegation_id>/revoke/", act_views.revoke, name="revoke"),
    path("<int:delegation_id>/attach/", act_views.attach, name="attach"),
    path("<int:delegation_id>/document/", act_views.document, name="document"),
]
