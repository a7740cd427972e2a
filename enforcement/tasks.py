"""Recurring work of the register and the ledger. Each task is safe to run twice and late."""

from celery import shared_task
from django.utils import timezone

from enforcement.services.make_checkpoint import make_checkpoint
from enforcement.services.saved_drafts import purge_drafts


@shared_task
def make_ledger_checkpoint() -> None:
    make_checkpoint()


@shared_task
def purge_saved_drafts() -> None:
    purge_drafts(now=timezone.now())
