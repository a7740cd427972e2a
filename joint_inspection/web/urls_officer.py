"""/officer/joint-inspections/: compiling, reviewing and publishing joint-inspection lists."""

from django.urls import path

from enforcement.web.documents import (
    compare_views,
    entry_editing,
    officer_views,
    opinion_views,
    repeal_views,
    table_imports,
)
from joint_inspection.web.scene_form import SCENE_EDITOR
from joint_inspection.web.surface import JOINT_LISTS, SCENE_IMPORT

app_name = "joint"
SURFACE = {"surface": JOINT_LISTS}
EDITOR = {"editor": SCENE_EDITOR}
IMPORTER = {"importer": SCENE_IMPORT}
VERSION = "<slug:slug>/v<int:number>/"
ENTRY = f"{VERSION}entries/<slug:entry_slug>/"

urlpatterns = [
    path("", officer_views.index, SURFACE, name="index"),
    path("new/", officer_views.create, SURFACE, name="create"),
    path("import/", table_imports.upload, IMPORTER, name="import"),
    path("import/<slug:digest>/", table_imports.confirm, IMPORTER, name="import_confirm"),
    path("<slug:slug>/", officer_views.document, SURFACE, name="document"),
    path("<slug:slug>/compare/", compare_views.officer, SURFACE, name="compare"),
    path("<slug:slug>/next-version/", officer_views.next_version, SURFACE, name="next_version"),
    path(VERSION, officer_views.version, SURFACE, name="version"),
    path(f"{VERSION}submit/", officer_views.submit, SURFACE, name="submit"),
    path(f"{VERSION}review/", opinion_views.review, SURFACE, name="review"),
    path(f"{VERSION}opinions/", opinion_views.opinions, SURFACE, name="opinions"),
    path(f"{VERSION}publish/", officer_views.publish, SURFACE, name="publish"),
    path(f"{VERSION}send-back/", officer_views.send_back, SURFACE, name="send_back"),
    path(f"{VERSION}discard/", officer_views.discard, SURFACE, name="discard"),
    path(f"{VERSION}repeal/", repeal_views.request_page, SURFACE, name="repeal"),
    path(f"{VERSION}repeal/confirm/", repeal_views.confirm, SURFACE, name="confirm_repeal"),
    path(f"{VERSION}repeal/withdraw/", repeal_views.withdraw, SURFACE, name="withdraw_repeal"),
    path(f"{VERSION}download.xlsx", officer_views.workbook, SURFACE, name="workbook"),
    path(f"{VERSION}new-entry/", entry_editing.create, EDITOR, name="entry_new"),
    path(ENTRY, entry_editing.edit, EDITOR, name="entry"),
    path(f"{ENTRY}remove/", entry_editing.remove, EDITOR, name="entry_remove"),
]
