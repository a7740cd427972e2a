"""Every address of the system. The audience is the first part of the path; each part lists its own includes."""

from django.urls import include, path
from django.views.generic import RedirectView

from config.health import healthz

handler400 = "config.error_pages.bad_request"
handler403 = "config.error_pages.not_permitted"
handler404 = "config.error_pages.not_found"
handler500 = "config.error_pages.server_error"

urlpatterns = [
    path("", RedirectView.as_view(url="/public/"), name="home"),
    path("healthz", healthz, name="healthz"),
    path("", include("enforcement.web.urls_identity")),
    path("account/", include("enforcement.web.urls_account")),
    path("officer/", include("config.urls_officer")),
    path("supervisor/", include("config.urls_supervisor")),
    path("administrator/", include("config.urls_administrator")),
    path("api/v1/", include("config.urls_api")),
    path("public/", include("config.urls_public")),
]
