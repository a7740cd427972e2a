"""/public/laws/: laws, their texts over time and their provisions."""

from django.urls import path

from enforcement.web.laws import public_views

app_name = "laws_public"
TEXT = "<str:name>/<str:effective_from>/"

urlpatterns = [
    path("", public_views.index, name="index"),
    path("<str:name>/", public_views.law, name="law"),
    path(TEXT, public_views.text, name="text"),
    path(f"{TEXT}<str:place>/", public_views.provision, name="provision"),
]
