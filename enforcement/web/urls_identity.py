from django.urls import path

from enforcement.web import identity_views, provider_views

app_name = "identity"

urlpatterns = [
    path("login/", identity_views.sign_in_page, name="login"),
    path("login/code/", identity_views.code_page, name="code"),
    path("login/sso/", provider_views.begin, name="provider"),
    path("login/sso/callback/", provider_views.callback, name="provider_callback"),
    path("logout/", identity_views.sign_out_page, name="logout"),
]
