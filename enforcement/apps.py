from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    """The register everything rests on: agencies, officers, matters, law, rule documents and the ledger."""

    name = "enforcement"
    verbose_name = "执法基础"
    default_auto_field = "django.db.models.BigAutoField"
