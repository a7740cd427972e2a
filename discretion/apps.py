from django.apps import AppConfig


class DiscretionConfig(AppConfig):
    """Discretion benchmarks: tiers, amounts, pages."""

    name = "discretion"
    verbose_name = "裁量权基准"
    default_auto_field = "django.db.models.BigAutoField"
