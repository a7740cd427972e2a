"""What belongs to a person's own account: everything under /account/."""

from django.urls import path

from enforcement.web.draft_views import draft

app_name = "account"
urlpatterns = [
    path("drafts/", draft, name="draft"),
]
