"""Background work of the lists."""

from __future__ import annotations

from celery import shared_task

from exemption_lists.services.upload_table import forget_expired_uploads


@shared_task
def forget_uploads() -> None:
    """Drop the bytes of tables nobody wrote within a day."""
    forget_expired_uploads()
