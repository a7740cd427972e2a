"""已阅: a person says that they have read notices to their agency. Saying it again changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import NotPermitted
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import NoticeReceipt
from enforcement.selectors.version_notices import notices_to


@transaction.atomic
def read_version_notices(*, actor: Actor, notice_ids: Collection[int], now: dt.datetime) -> int:
    """How many were newly read. Ids of notices to another agency are passed over. Raises `NotPermitted`."""
    if actor.account_id is None:
        raise NotPermitted("not_permitted", "登录后才能确认已阅。")
    unread = notices_to(actor=actor, unread_only=True).select_for_update(of=("self",))
    notices = list(unread.filter(pk__in=notice_ids).order_by("pk"))
    if not notices:
        return 0
    receipts = [NoticeReceipt(notice=notice, account_id=actor.account_id, read_at=now) for notice in notices]
    NoticeReceipt.objects.bulk_create(receipts)
    append_entry(
        chain=notices[0].agency.code,
        action=LedgerAction.VERSION_NOTICE_READ,
        subject=notices[0],
        subject_label=f"{notices[0].version}等 {len(notices)} 条"
        if len(notices) > 1
        else str(notices[0].version),
        actor=actor,
        payload={"notices": [notice.pk for notice in notices]},
    )
    return len(notices)
