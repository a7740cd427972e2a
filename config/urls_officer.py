"""Pages of those who handle cases and compile lists: everything under /officer/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("lists/", include("exemption_lists.web.urls_officer")),
    path("lists/", include("cases.web.urls_replay")),
    path("standards/", include("discretion.web.urls_officer")),
    path("joint-inspections/", include("joint_inspection.web.urls_officer")),
    path("responsibility/", include("enforcement.web.responsibility.urls_officer")),
    path("notices/", include("enforcement.web.notices.urls_officer")),
    path("register/", include("enforcement.web.register.urls_officer")),
    path("", include("cases.web.urls_officer")),
]
