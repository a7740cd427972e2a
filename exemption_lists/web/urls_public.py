"""/public/lists/: published leniency lists."""

from django.urls import path

from enforcement.web.documents import compare_views, feed_views, public_files, public_views
from exemption_lists.web import effective_views
from exemption_lists.web.surface import LISTS

app_name = "lists_public"
SURFACE = {"surface": LISTS}

urlpatterns = [
    path("", public_views.index, SURFACE, name="index"),
    path("feed.<slug:feed_format>", feed_views.kind_feed, SURFACE, name="feed"),
    path("effective/", effective_views.choose, name="effective_choose"),
    path("effective/agency/<str:code>/", effective_views.public_list, name="effective"),
    path(
        "effective/agency/<str:code>/download.xlsx",
        effective_views.public_workbook,
        name="effective_workbook",
    ),
    path("<slug:slug>/", public_views.document, SURFACE, name="document"),
    path("<slug:slug>/feed.<slug:feed_format>", feed_views.document_feed, SURFACE, name="document_feed"),
    path("<slug:slug>/compare/", compare_views.public, SURFACE, name="compare"),
    path("<slug:slug>/v<int:number>/", public_views.version, SURFACE, name="version"),
    path(
        "<slug:slug>/v<int:number>/download.<slug:file_format>",
        public_files.download,
        SURFACE,
        name="download",
    ),
    path("<slug:slug>/v<int:number>/digests.txt", public_files.digests, SURFACE, name="digests"),
    path("<slug:slug>/v<int:number>/print.html", public_files.print_page, SURFACE, name="print"),
    path("<slug:slug>/v<int:number>/content.json", public_views.content, SURFACE, name="content"),
    path("<slug:slug>/v<int:number>/repeal.json", public_views.repeal, SURFACE, name="repeal"),
    path("<slug:slug>/v<int:number>/<slug:entry_slug>/", public_views.entry, SURFACE, name="entry"),
]
