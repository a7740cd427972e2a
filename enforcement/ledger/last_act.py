"""Who acted on something last: what a person is told whose save came too late."""

from __future__ import annotations

from django.db.models import Model
from django.utils import timezone

from enforcement.errors import StaleVersion
from enforcement.ledger.models import LedgerEntry


def overtaken(subject: Model, *, noun: str) -> StaleVersion:
    """“杨叙在 10:42 修改了这个案件。…” as a refusal; `data` says `who` and `at` for the merge page. One query."""
    last = (
        LedgerEntry.objects.filter(subject_type=type(subject).__name__, subject_id=str(subject.pk))
        .order_by("-occurred_at")
        .first()
    )
    who = (
        f"{last.actor_name}在 {timezone.localtime(last.occurred_at):%H:%M} "
        if last is not None
        else "其他人刚刚"
    )
    return StaleVersion(
        "stale",
        f"{who}修改了这{noun}。请查看最新内容，再保存一次；您填写的内容还在页面上。",
        {"who": last.actor_name, "at": last.occurred_at} if last is not None else {},
    )
