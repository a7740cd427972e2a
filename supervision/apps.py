from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """What supervisors look at; demonstration data."""

    name = "supervision"
    verbose_name = "执法监督"
    default_auto_field = "django.db.models.BigAutoField"
