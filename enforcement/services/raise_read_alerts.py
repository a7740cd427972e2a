"""The alarm on reading personal data in bulk; run every five minutes, harmless when run twice or late."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.db.models import Sum

from enforcement.actors import SYSTEM
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Account, SensitiveRead, SensitiveReadAlert
from enforcement.reading_alarm import WINDOW_DAYS, Unusual, unusual_reading
from enforcement.services.accounts.subject import chain_of, place_of


def raise_read_alerts(*, today: dt.date) -> int:
    """One alert per account whose readings on `today` are unusual; how many are new. Three queries without any."""
    counts = _counts_by_day(today)
    raised = 0
    for account_id, days in counts.items():
        unusual = unusual_reading(days.get(today, 0), [rows for day, rows in days.items() if day < today])
        if unusual is not None:
            raised += _raise(account_id, today, days[today], unusual)
    return raised


def _counts_by_day(today: dt.date) -> dict[int, dict[dt.date, int]]:
    """Persons read by account and day, for accounts that read anything today."""
    reading_today = SensitiveRead.objects.filter(read_on=today).values("account")
    rows = (
        SensitiveRead.objects.filter(
            account__in=reading_today, read_on__gt=today - dt.timedelta(days=WINDOW_DAYS), read_on__lte=today
        )
        .order_by()
        .values_list("account_id", "read_on")
        .annotate(total=Sum("rows"))
    )
    counts: dict[int, dict[dt.date, int]] = defaultdict(dict)
    for account_id, day, total in rows:
        counts[account_id][day] = total
    return counts


@transaction.atomic
def _raise(account_id: int, today: dt.date, reads: int, unusual: Unusual) -> int:
    account = Account.objects.select_related("agency").get(pk=account_id)
    region_code, line_code = _place_of(account)
    alert, is_new = SensitiveReadAlert.objects.get_or_create(
        account=account,
        day=today,
        defaults={
            "rule": unusual.rule,
            "reads": reads,
            "own_median": unusual.own_median,
            "region_code": region_code,
            "line_code": line_code,
        },
    )
    if not is_new:
        SensitiveReadAlert.objects.filter(pk=alert.pk, reads__lt=reads).update(reads=reads)
        return 0
    append_entry(
        chain=chain_of(account),
        action=LedgerAction.BULK_READING_NOTICED,
        subject=alert,
        subject_label=f"账号 {account.pk}",
        actor=SYSTEM,
        payload={"reads": reads, "rule": unusual.rule, "own_median": unusual.own_median, "day": today},
    )
    return 1


def _place_of(account: Account) -> tuple[str, str]:
    """Where the account works; without an agency, where its widest duty reaches, so that a supervisor sees it."""
    region_code, line_code = place_of(account.agency)
    if not region_code:
        codes = account.grants.values_list("region_code", flat=True)
        region_code = min(codes, key=len, default="")
    return region_code, line_code
