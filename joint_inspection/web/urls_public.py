"""/public/joint-inspections/: published joint-inspection lists."""

from django.urls import path

from enforcement.web.documents import compare_views, public_views
from joint_inspection.web.surface import JOINT_LISTS

app_name = "joint_public"
SURFACE = {"surface": JOINT_LISTS}
VERSION = "<slug:slug>/v<int:number>/"

urlpatterns = [
    path("", public_views.index, SURFACE, name="index"),
    path("<slug:slug>/", public_views.document, SURFACE, name="document"),
    path("<slug:slug>/compare/", compare_views.public, SURFACE, name="compare"),
    path(VERSION, public_views.version, SURFACE, name="version"),
    path(f"{VERSION}download.xlsx", public_views.workbook, SURFACE, name="workbook"),
    path(f"{VERSION}content.json", public_views.content, SURFACE, name="content"),
    path(f"{VERSION}<slug:entry_slug>/", public_views.entry, SURFACE, name="entry"),
]
