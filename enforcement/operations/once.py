"""Run an act once for its key: the second of two equal submissions gets the answer of the first."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from enforcement.errors import Refusal
from enforcement.models import Operation

KEPT_FOR = dt.timedelta(hours=48)
IN_FLIGHT = "operation_in_flight"
OTHER_CONTENT = "operation_reused"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of an act that took effect, to be said again."""

    status: int
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer; `repeated_from` is when it was first given, None when it was given now."""

    answer: Answer
    repeated_from: dt.datetime | None = None


def request_digest(method: str, path: str, content: bytes) -> str:
    return hashlib.sha256(b"\n".join((method.encode(), path.encode(), content))).hexdigest()


def once(
    *,
    account_id: int,
    key: str,
    digest: str,
    act: Callable[[], Answer | None],
    now: dt.datetime,
    waits: bool,
) -> Outcome | None:
    """Run `act` in one transaction with the record of its answer, or give the answer it gave before.

    None from `act` means that nothing took effect; then nothing is remembered and None comes back. A Refusal leaves
    what the act's services kept of the attempt. `waits` lets a second sender of the same key wait for the first (a
    person who clicked twice); otherwise the second is refused. Refusals: `operation_in_flight`,
    `operation_reused` when the key was used for other content.
    """
    refusal: Refusal | None = None
    outcome: Outcome | None = None
    with transaction.atomic():
        _hold(account_id, key, waits=waits)
        held = Operation.objects.filter(account=account_id, key=key).first()
        if held is not None and held.expires_at > now:
            return _again(held, digest)
        try:
            answer = act()
        except Refusal as refused:
            # Services took back what they wrote; the trace of the attempt in the ledger stays.
            refusal, answer = refused, None
        if answer is not None:
            _remember(account_id, key, digest, answer, now)
            outcome = Outcome(answer)
    if refusal is not None:
        raise refusal
    return outcome


def _hold(account_id: int, key: str, *, waits: bool) -> None:
    name = f"operation:{account_id}:{key}"
    with connection.cursor() as cursor:
        if waits:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
            return
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        row = cursor.fetchone()
    if not row or not row[0]:
        raise Refusal(IN_FLIGHT, "同一个请求正在办理。请稍后用同一个 Idempotency-Key 再次查询结果。")


def _again(held: Operation, digest: str) -> Outcome:
    if held.digest != digest:
        raise Refusal(
            OTHER_CONTENT,
            "这个操作标识已用于另一份内容，这一次没有提交。请重新打开页面，或者换一个 Idempotency-Key。",
        )
    return Outcome(Answer(held.status, held.answer), repeated_from=held.done_at)


def _remember(account_id: int, key: str, digest: str, answer: Answer, now: dt.datetime) -> None:
    Operation.objects.update_or_create(
        account_id=account_id,
        key=key,
        defaults={
            "digest": digest,
            "status": answer.status,
            "answer": answer.content,
            "done_at": now,
            "expires_at": now + KEPT_FOR,
        },
    )


def purge_operations(*, now: dt.datetime) -> int:
    """Forget answers whose time is over; how many."""
    deleted, _ = Operation.objects.filter(expires_at__lte=now).delete()
    return deleted
