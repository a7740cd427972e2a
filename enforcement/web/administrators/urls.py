"""Addresses of the administrators' pages."""

from django.urls import path

from enforcement.web.administrators import (
    account_acts,
    account_views,
    duty_views,
    home_views,
    trail_views,
)

app_name = "administrator"
urlpatterns = [
    path("", home_views.home, name="home"),
    path("accounts/", account_views.index, name="accounts"),
    path("accounts/search/", account_views.search, name="account_search"),
    path("accounts/new/", account_views.create, name="account_new"),
    path("accounts/<int:account_id>/", account_views.account, name="account"),
    path("accounts/<int:account_id>/edit/", account_views.edit, name="account_edit"),
    path("accounts/<int:account_id>/grant/", duty_views.grant, name="grant"),
    *(
        path(
            f"accounts/<int:account_id>/{act}/",
            account_acts.act_page,
            {"act": act},
            name=f"account_{act.replace('-', '_')}",
        )
        for act in account_acts.ACTS
    ),
    path("duties/", duty_views.index, name="duties"),
    path("duties/<int:grant_id>/withdraw/", duty_views.withdraw, name="withdraw"),
    path("sign-ins/", duty_views.sign_ins, name="sign_ins"),
    path("trail/", trail_views.index, name="trail"),
    path("trail/search/", trail_views.search, name="trail_search"),
    path("trail/export/", trail_views.export, name="trail_export"),
    path("trail/<int:entry_id>/", trail_views.entry, name="trail_entry"),
    path("verification/", trail_views.verification, name="verification"),
]
