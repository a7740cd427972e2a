from celery import current_app as celery_app
from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds the commands and checks that belong to the whole project rather than to one floor."""

    name = "config"
    verbose_name = "系统配置"

    def ready(self) -> None:
        # Imported for their side effects: the Celery app becomes the current one, the checks register.
        from config import celery, checks  # noqa: F401
        from enforcement.after_publication import call_after_publication

        call_after_publication(wake_publication_task)


def wake_publication_task(version_id: int) -> None:
    """Only wakes the worker: what there is to do stands in the database, and a lost message is made up for by beat."""
    celery_app.send_task("config.tasks.follow_publication", [version_id])
