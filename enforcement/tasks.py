"""Recurring work of the register and the ledger."""

from celery import shared_task

from enforcement.services.make_checkpoint import make_checkpoint


@shared_task
def make_ledger_checkpoint() -> None:
    make_checkpoint()
