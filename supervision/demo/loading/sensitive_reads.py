"""Readings of personal data: an ordinary fortnight of one officer, and a day that rang the alarm."""

from __future__ import annotations

import datetime as dt

from enforcement.models import Account, ReadKind, SensitiveRead
from enforcement.services.raise_read_alerts import raise_read_alerts

ORDINARY_DAYS = (3, 2, 4, 2, 3, 1, 5, 2, 3, 4)
BUSY_DAY = 26


def load_sensitive_reads(*, account: Account, today: dt.date) -> None:
    """Ten ordinary days, then yesterday's unusual one with its alert."""
    yesterday = today - dt.timedelta(days=1)
    counts = [*ORDINARY_DAYS, BUSY_DAY]
    SensitiveRead.objects.bulk_create(
        SensitiveRead(
            account=account,
            kind=ReadKind.UNMASKED,
            rows=rows,
            read_on=yesterday - dt.timedelta(days=len(counts) - 1 - place),
        )
        for place, rows in enumerate(counts)
    )
    raise_read_alerts(today=yesterday)
