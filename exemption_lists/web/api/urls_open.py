"""Addresses of the open interface for leniency lists, below /api/v1/open/."""

from django.urls import path

from enforcement.web.api.endpoint import open_endpoint
from exemption_lists.web.api import evaluation, published

app_name = "open_lists"

urlpatterns = [
    path("lists/", open_endpoint(published.Lists), name="lists"),
    path("lists/effective/", open_endpoint(published.Effective), name="effective"),
    path("lists/evaluation/", open_endpoint(evaluation.Evaluation), name="evaluation"),
    path("lists/<slug:slug>/", open_endpoint(published.OneList), name="list"),
    path("lists/<slug:slug>/versions/<int:number>/", open_endpoint(published.OneVersion), name="version"),
    path(
        "lists/<slug:slug>/versions/<int:number>/entries/<slug:entry_slug>/",
        open_endpoint(published.OneEntry),
        name="entry",
    ),
    path("facts/", open_endpoint(evaluation.FactsVocabulary), name="facts"),
]
