"""Recurring work of the whole project. Each task is safe to run twice and late."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from config import publication
from enforcement.operations.once import purge_operations


@shared_task
def clear_expired_sessions() -> None:
    call_command("clearsessions")


@shared_task
def clear_expired_operations() -> None:
    purge_operations(now=timezone.now())


@shared_task
def follow_publication(version_id: int) -> None:
    publication.follow_version(version_id, today=timezone.localdate())


@shared_task
def catch_up_publications() -> None:
    publication.catch_up(today=timezone.localdate())
