"""/public/: the front of the public site."""

from django.urls import path

from cases.web import public_home_views, public_search_views

app_name = "public"

urlpatterns = [
    path("", public_home_views.home, name="home"),
    path("search/", public_search_views.results, name="search"),
    path("about/", public_home_views.about, name="about"),
]
