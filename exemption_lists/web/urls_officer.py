"""/officer/lists/: compiling, reviewing and publishing leniency lists."""

from django.urls import path

from enforcement.web.documents import compare_views, officer_views, opinion_views, repeal_views
from exemption_lists.web import condition_views, effective_views, entry_views, grid_views
from exemption_lists.web.importing import (
    check_views,
    columns_views,
    comparison_views,
    upload_views,
    write_views,
)
from exemption_lists.web.surface import LISTS

app_name = "lists"
SURFACE = {"surface": LISTS}
VERSION = "<slug:slug>/v<int:number>/"
IMPORT = "import/<int:upload_id>/"
ENTRY = f"{VERSION}entries/<slug:entry_slug>/"

urlpatterns = [
    path("", officer_views.index, SURFACE, name="index"),
    path("new/", officer_views.create, SURFACE, name="create"),
    path("import/", upload_views.upload, name="import"),
    path(f"{IMPORT}columns/", columns_views.columns, name="import_columns"),
    path(f"{IMPORT}check/", check_views.check, name="import_check"),
    path(f"{IMPORT}check/<int:table>/<int:entry>/", check_views.row, name="import_row"),
    path(f"{IMPORT}marked.xlsx", check_views.marked, name="import_marked"),
    path(f"{IMPORT}compare/", comparison_views.compare, name="import_compare"),
    path(f"{IMPORT}write/", write_views.write, name="import_write"),
    path("effective/", effective_views.officer_list, name="effective"),
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
    path(f"{VERSION}grid/", grid_views.page, name="grid"),
    path(f"{VERSION}grid/rows/", grid_views.rows, name="grid_rows"),
    path(f"{VERSION}grid/edits/", grid_views.edits, name="grid_edits"),
    path(f"{VERSION}grid/comments/", grid_views.comments, name="grid_comments"),
    path(f"{VERSION}grid/provisions/", grid_views.provisions, name="grid_provisions"),
    path(f"{VERSION}new-entry/", entry_views.create, name="entry_new"),
    path(f"{VERSION}understood/", entry_views.understood, name="understood"),
    path(ENTRY, entry_views.edit, name="entry"),
    path(f"{ENTRY}preview/", entry_views.preview, name="entry_preview"),
    path(f"{ENTRY}remove/", entry_views.remove, name="entry_remove"),
    path(f"{ENTRY}suggestion/", condition_views.suggestion, name="suggestion"),
    path(f"{ENTRY}condition/", condition_views.condition, name="condition"),
    path(
        f"{ENTRY}exclusions/<int:exclusion>/condition/", condition_views.condition, name="exclusion_condition"
    ),
]
