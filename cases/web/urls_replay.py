"""影响模拟, below /officer/lists/: the lists' own pages are one floor down and know nothing of cases."""

from django.urls import path

from cases.web import replay_views

app_name = "replays"
REPLAY = "<slug:slug>/v<int:number>/replay/"

urlpatterns = [
    path(REPLAY, replay_views.page, name="page"),
    path(f"{REPLAY}start/", replay_views.start, name="start"),
    path(f"{REPLAY}cancel/", replay_views.cancel, name="cancel"),
    path(f"{REPLAY}progress/", replay_views.progress, name="progress"),
]
