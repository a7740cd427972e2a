"""Addresses of 委托执法公示, below /public/delegations/."""

from django.urls import path

from enforcement.web.organisations import public_views

app_name = "delegations_public"

urlpatterns = [
    path("", public_views.delegations, name="index"),
    path("<int:delegation_id>/", public_views.delegation, name="delegation"),
]
