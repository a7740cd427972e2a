"""The Celery application and the whole schedule of recurring work."""

import os
from typing import Any

import structlog
from celery import Celery, Task
from celery.schedules import crontab
from celery.signals import setup_logging
from django.conf import settings

from config.logging import configure
from enforcement.ledger.context import ActContext, acting_in

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class RecordedTask(Task):
    """A task whose id stands in the log lines and in the ledger entries that it causes."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        task_id = str(self.request.id or "")
        context = ActContext(request_id=task_id)
        with structlog.contextvars.bound_contextvars(request_id=task_id), acting_in(context):
            return super().__call__(*args, **kwargs)


app = Celery("hengdu", task_cls=RecordedTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Recurring work follows from dates that have already taken effect by law; it never makes anything effective.
app.conf.beat_schedule = {
    "clear-expired-operations": {
        "task": "config.tasks.clear_expired_operations",
        "schedule": crontab(hour=3, minute=20),
    },
    "clear-expired-sessions": {
        "task": "config.tasks.clear_expired_sessions",
        "schedule": crontab(hour=3, minute=10),
    },
    # Asks often and makes one only when due: after 100 new entries, or 60 seconds after the last one.
    "ledger-checkpoint": {
        "task": "enforcement.tasks.make_ledger_checkpoint",
        "schedule": 10,
        "options": {"expires": 30},
    },
    "forget-uploads": {
        "task": "exemption_lists.tasks.forget_uploads",
        "schedule": crontab(minute=50),
    },
    "purge-saved-drafts": {
        "task": "enforcement.tasks.purge_saved_drafts",
        "schedule": crontab(hour=3, minute=20),
    },
    "forget-old-client-addresses": {
        "task": "enforcement.tasks.forget_old_client_addresses",
        "schedule": crontab(hour=3, minute=40),
    },
    "verify-ledger": {
        "task": "supervision.tasks.verify_whole_ledger",
        "schedule": crontab(hour=4, minute=30),
    },
    "notice-bulk-reading": {
        "task": "enforcement.tasks.notice_bulk_reading",
        "schedule": crontab(minute="*/5"),
    },
    "refresh-fact-store": {
        "task": "cases.tasks.refresh_fact_store",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 540},
    },
    "rebuild-fact-store": {
        "task": "cases.tasks.rebuild_fact_store",
        "schedule": crontab(day_of_week=0, hour=2, minute=15),
    },
    "sweep-replays": {
        "task": "cases.tasks.sweep_replays",
        "schedule": 60,
        "options": {"expires": 60},
    },
    # The publication itself wakes the worker; this finds what was missed, and what a new day brings.
    "catch-up-publications": {
        "task": "config.tasks.catch_up_publications",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 9 * 60},
    },
    "give-expiry-notices": {
        "task": "enforcement.tasks.give_expiry_notices",
        "schedule": crontab(hour=6, minute=20),
    },
}


@setup_logging.connect
def use_project_logging(**_: Any) -> None:
    """Workers write the same JSON lines as the web process."""
    configure(settings.LOGGING)
