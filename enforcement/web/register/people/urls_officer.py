"""Acts on officers, certificates and equipment, and what ends soon: under /officer/register/."""

from django.urls import path

from enforcement.web.register.people import act_views, warning_views

app_name = "register_people"

urlpatterns = [
    path("warnings/", warning_views.officer_warnings, name="warnings"),
    path("officers/rows/<int:key>/leave/", act_views.leave, name="leave"),
    path("certificates/rows/<int:key>/suspend/", act_views.suspend, name="suspend"),
    path("certificates/rows/<int:key>/suspensions/<int:suspension>/lift/", act_views.lift, name="lift"),
    path("certificates/rows/<int:key>/revoke/", act_views.revoke, name="revoke"),
    path("certificates/rows/<int:key>/check/", act_views.check, name="check"),
    path("equipment/rows/<int:key>/hand-out/", act_views.hand_out, name="hand_out"),
    path("equipment/rows/<int:key>/take-back/", act_views.take_back, name="take_back"),
    path("equipment/rows/<int:key>/calibrate/", act_views.calibrate, name="calibrate"),
]
