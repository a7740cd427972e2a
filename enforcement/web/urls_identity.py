from django.urls import path

from enforcement.web import identity_views

app_name = "identity"

urlpatterns = [
    path("login/", identity_views.sign_in_page, name="login"),
    path("login/code/", identity_views.code_page, name="code"),
    path("logout/", identity_views.sign_out_page, name="logout"),
]
