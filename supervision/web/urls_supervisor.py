from django.urls import path

from supervision.web import read_alert_views, supervisor_views

app_name = "supervisor"

urlpatterns = [
    path("", supervisor_views.home, name="home"),
    path("cases/", supervisor_views.case_index, name="cases"),
    path("cases/<int:case_id>/", supervisor_views.case_file, name="case"),
    path("read-alerts/", read_alert_views.index, name="read_alerts"),
    path("read-alerts/<int:alert_id>/", read_alert_views.settle, name="read_alert"),
    path("departures/", supervisor_views.departure_index, name="departures"),
]
