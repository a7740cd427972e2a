"""Recurring work of the register and the ledger. Each task is safe to run twice and late."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from enforcement.services.erase_commitments import forget_client_addresses
from enforcement.services.make_checkpoint import make_checkpoint
from enforcement.services.raise_read_alerts import raise_read_alerts
from enforcement.services.saved_drafts import purge_drafts
from enforcement.services.write_expiry_notices import write_expiry_notices

# Longer than the six months the law asks for, so that a yearly audit can still ask.
ADDRESSES_KEPT = dt.timedelta(days=400)


@shared_task
def make_ledger_checkpoint() -> None:
    make_checkpoint()


@shared_task
def forget_old_client_addresses() -> None:
    forget_client_addresses(before=timezone.now() - ADDRESSES_KEPT)


@shared_task
def purge_saved_drafts() -> None:
    purge_drafts(now=timezone.now())


@shared_task
def notice_bulk_reading() -> None:
    """Today's unusual readings; what was read just before midnight is looked at once more after it."""
    now = timezone.localtime()
    raise_read_alerts(today=now.date())
    if now.hour == 0:
        raise_read_alerts(today=now.date() - dt.timedelta(days=1))


@shared_task
def give_expiry_notices(day: str = "") -> None:
    """Write the notices due on `day` (ISO form), today unless given."""
    write_expiry_notices(today=dt.date.fromisoformat(day) if day else timezone.localdate())
