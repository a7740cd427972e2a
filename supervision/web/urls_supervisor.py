from django.urls import path

from supervision.web import supervisor_views

app_name = "supervisor"

urlpatterns = [
    path("", supervisor_views.home, name="home"),
    path("cases/", supervisor_views.case_index, name="cases"),
    path("cases/<int:case_id>/", supervisor_views.case_file, name="case"),
    path("departures/", supervisor_views.departure_index, name="departures"),
]
