"""/officer/notices/: what was told to the reader's agency."""

from django.urls import path

from enforcement.web.notices import views

app_name = "notices"

urlpatterns = [
    path("", views.notice_list, name="list"),
    path("read/", views.mark_read, name="read"),
]
