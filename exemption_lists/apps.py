from django.apps import AppConfig


class ExemptionListsConfig(AppConfig):
    """Leniency lists: entries, matching, pages."""

    name = "exemption_lists"
    verbose_name = "减免责清单"
    default_auto_field = "django.db.models.BigAutoField"
