"""What belongs to a person's own account: everything under /account/."""

from django.urls import path

from enforcement.web.account import (
    api_key_views,
    confirm_views,
    own_views,
    second_factor_views,
    session_views,
)
from enforcement.web.draft_views import draft

app_name = "account"

urlpatterns = [
    path("", own_views.home, name="home"),
    path("password/", own_views.password, name="password"),
    path("second-factor/", second_factor_views.overview, name="second_factor"),
    path("second-factor/new/", second_factor_views.new_factor, name="new_factor"),
    path("recovery-codes/", second_factor_views.recovery_codes, name="recovery_codes"),
    path("sessions/", session_views.sessions, name="sessions"),
    path("sessions/left/", session_views.session_left, name="session_left"),
    path("confirm/", confirm_views.confirm, name="confirm"),
    path("continue/", confirm_views.resume, name="continue"),
    path("api-keys/", api_key_views.api_keys, name="api_keys"),
    path("api-keys/<int:key_id>/revoke/", api_key_views.revoke, name="api_key_revoke"),
    path("drafts/", draft, name="draft"),
]
