"""What belongs to a person's own account: everything under /account/."""

from django.urls import path

from enforcement.web.account import confirm_views, own_views
from enforcement.web.draft_views import draft

app_name = "account"

urlpatterns = [
    path("", own_views.home, name="home"),
    path("password/", own_views.password, name="password"),
    path("confirm/", confirm_views.confirm, name="confirm"),
    path("continue/", confirm_views.resume, name="continue"),
    path("drafts/", draft, name="draft"),
]
