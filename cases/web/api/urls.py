"""Addresses of the interface for cases, below /api/v1/."""

from django.urls import path

from cases.web.api import views
from enforcement.web.api.endpoint import endpoint

app_name = "api"

urlpatterns = [
    path("cases/", endpoint(views.Cases), name="cases"),
    path("cases/<int:case_id>/", endpoint(views.OneCase), name="case"),
    path("cases/<int:case_id>/facts/", endpoint(views.CaseFacts), name="facts"),
    path("cases/<int:case_id>/narrative/", endpoint(views.CaseNarrative), name="narrative"),
    path("cases/<int:case_id>/acts/<slug:act>/", endpoint(views.CaseAct), name="act"),
    path("parties/", endpoint(views.Parties), name="parties"),
    path("parties/lookup/", endpoint(views.PartyLookup), name="party_lookup"),
    path("officers/", endpoint(views.Officers), name="officers"),
]
