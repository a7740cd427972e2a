"""Acts on one party, beside the shared pages of the register."""

from django.urls import path

from enforcement.web.register import party_views

app_name = "party_acts"

urlpatterns = [
    path("rows/<int:party_id>/rename/", party_views.rename_page, name="rename"),
    path("rows/<int:party_id>/credit/", party_views.rate_page, name="rate"),
    path("rows/<int:party_id>/classes/", party_views.classify_page, name="classify"),
    path("rows/<int:party_id>/full/", party_views.full_page, name="full"),
    path("export-whole/", party_views.export_whole_page, name="export_whole"),
]
