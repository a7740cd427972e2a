"""Addresses of 执法主体公示, below /public/agencies/."""

from django.urls import path

from enforcement.web.organisations import public_views

app_name = "agencies_public"

urlpatterns = [
    path("", public_views.agencies, name="index"),
    path("download/", public_views.agency_workbook, name="workbook"),
    path("rows/<str:code>/", public_views.agency, name="agency"),
]
