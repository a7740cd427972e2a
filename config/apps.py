from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds the commands and checks that belong to the whole project rather than to one floor."""

    name = "config"
    verbose_name = "系统配置"

    def ready(self) -> None:
        # Imported for their side effects: the Celery app becomes the current one, the checks register.
        from config import celery, checks  # noqa: F401
