from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from enforcement.operations.once import purge_operations


@shared_task
def clear_expired_sessions() -> None:
    call_command("clearsessions")


@shared_task
def clear_expired_operations() -> None:
    purge_operations(now=timezone.now())
