from django.urls import path

from supervision.web import alarm_views, read_alert_views, supervisor_views

app_name = "supervisor"

urlpatterns = [
    path("", supervisor_views.home, name="home"),
    path("cases/", supervisor_views.case_index, name="cases"),
    path("cases/<int:case_id>/", supervisor_views.case_file, name="case"),
    path("alarms/", alarm_views.index, name="alarms"),
    path("alarms/<int:alarm_id>/", alarm_views.alarm, name="alarm"),
    path("alarms/<int:alarm_id>/inquire/", alarm_views.inquire, name="alarm_inquire"),
    path("alarms/<int:alarm_id>/settle/", alarm_views.settle, name="alarm_settle"),
    path("read-alerts/", read_alert_views.index, name="read_alerts"),
    path("read-alerts/<int:alert_id>/", read_alert_views.settle, name="read_alert"),
    path("departures/", supervisor_views.departure_index, name="departures"),
]
