from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases from filing to publication, and the analysis that advises on them."""

    name = "cases"
    verbose_name = "案件"
    default_auto_field = "django.db.models.BigAutoField"
