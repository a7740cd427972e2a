"""/public/responsibility/: published responsibility lists."""

from django.urls import path

from enforcement.web.documents import compare_views, feed_views, public_files, public_views
from enforcement.web.responsibility.surface import RESPONSIBILITY

app_name = "responsibility_public"
SURFACE = {"surface": RESPONSIBILITY}
VERSION = "<slug:slug>/v<int:number>/"

urlpatterns = [
    path("", public_views.index, SURFACE, name="index"),
    path("feed.<slug:feed_format>", feed_views.kind_feed, SURFACE, name="feed"),
    path("<slug:slug>/", public_views.document, SURFACE, name="document"),
    path("<slug:slug>/feed.<slug:feed_format>", feed_views.document_feed, SURFACE, name="document_feed"),
    path("<slug:slug>/compare/", compare_views.public, SURFACE, name="compare"),
    path(VERSION, public_views.version, SURFACE, name="version"),
    path(f"{VERSION}download.<slug:file_format>", public_files.download, SURFACE, name="download"),
    path(f"{VERSION}digests.txt", public_files.digests, SURFACE, name="digests"),
    path(f"{VERSION}print.html", public_files.print_page, SURFACE, name="print"),
    path(f"{VERSION}content.json", public_views.content, SURFACE, name="content"),
    path(f"{VERSION}repeal.json", public_views.repeal, SURFACE, name="repeal"),
    path(f"{VERSION}<slug:entry_slug>/", public_views.entry, SURFACE, name="entry"),
]
