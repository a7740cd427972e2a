"""The work behind a requested replay: taken once, told of its progress, stopped when cancelled, recorded at the end."""

from __future__ import annotations

import datetime as dt
import io
import time

import polars as pl
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from cases.models import ReplayChange, ReplayRun, ReplayStatus
from cases.replay.engine import Observe
from cases.replay_queue import wake_replay
from cases.selectors.replay_plan import deciding_digest
from cases.services.replay_version import ReplayOfVersion, replay_version
from enforcement.actors import SYSTEM
from enforcement.errors import InvalidInput
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.ledger.canonical import digest_of

WAKE_AGAIN_AFTER = dt.timedelta(minutes=2)
TOLD_EVERY_NS = 500_000_000
GIVEN_UP = "几次都没有做完，请稍后再试；仍不成功时请联系系统管理员。"


class Stopped(Exception):
    """The run was cancelled, taken over by another worker, or given up with its draft."""


def run_replay(*, run_id: int) -> None:
    """Do a queued run. Running it twice or late does nothing more; an unexpected error leaves it to the sweeper."""
    run = _taken(run_id)
    if run is None:
        return
    try:
        found = replay_version(run.version, run.compared, observe=_teller(run))
    except Stopped:
        return
    except InvalidInput as refusal:
        _own(run).update(status=ReplayStatus.FAILED, failure=refusal.message[:300], ended_at=timezone.now())
        return
    _finish(run, found)


def requeue_stale(*, now: dt.datetime) -> int:
    """Wake runs that nobody took or whose worker went silent; after three attempts a run has failed."""
    silent = ReplayRun.objects.filter(status=ReplayStatus.RUNNING, moved_at__lt=now - ReplayRun.STALE_AFTER)
    silent.filter(attempt__gte=ReplayRun.MOST_ATTEMPTS).update(
        status=ReplayStatus.FAILED, failure=GIVEN_UP, ended_at=now
    )
    silent.update(status=ReplayStatus.QUEUED, moved_at=now - WAKE_AGAIN_AFTER * 2)
    waiting = ReplayRun.objects.filter(status=ReplayStatus.QUEUED, moved_at__lt=now - WAKE_AGAIN_AFTER)
    woken = list(waiting.values_list("pk", flat=True))
    for run_id in woken:
        wake_replay(run_id)
    return len(woken)


def _taken(run_id: int) -> ReplayRun | None:
    """The run, marked as this worker's; None when it waits no longer."""
    taken = ReplayRun.objects.filter(pk=run_id, status=ReplayStatus.QUEUED).update(
        status=ReplayStatus.RUNNING, attempt=F("attempt") + 1, moved_at=timezone.now()
    )
    if not taken:
        return None
    run = ReplayRun.objects.select_related("version__document__agency", "compared__document").get(pk=run_id)
    # The draft may have been edited since the request: what is compared is what stands there now.
    run.content_digest = deciding_digest(run.version, run.compared)
    _own(run).update(content_digest=run.content_digest)
    return run


def _own(run: ReplayRun) -> QuerySet[ReplayRun]:
    """The row as long as it is this worker's."""
    return ReplayRun.objects.filter(pk=run.pk, status=ReplayStatus.RUNNING, attempt=run.attempt)


def _teller(run: ReplayRun) -> Observe:
    """Writes progress, not more often than twice a second, and raises `Stopped` when the run is no longer ours."""
    last = 0

    def observe(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic_ns()
        if last and now - last < TOLD_EVERY_NS:
            return
        last = now
        moved = {"done_cases": done, "total_cases": total, "moved_at": timezone.now()}
        if not _own(run).update(**moved):
            raise Stopped

    return observe


def _finish(run: ReplayRun, found: ReplayOfVersion) -> None:
    """Result and changed cases in one transaction with the ledger entry; nothing when the run was cancelled."""
    with transaction.atomic():
        if not _own(run).select_for_update().exists():
            return
        _write_changes(run.pk, found.changes)
        document = found.document
        _own(run).update(
            status=ReplayStatus.DONE,
            result=document,
            as_of=dt.datetime.fromisoformat(document["as_of"]),
            done_cases=document["cases"],
            total_cases=document["cases"],
            ended_at=timezone.now(),
        )
        append_entry(
            chain=run.version.document.agency.code,
            action=LedgerAction.REPLAY_FINISHED,
            subject=run,
            subject_label=f"{run.version}影响模拟",
            actor=SYSTEM,
            payload={
                "version": run.version_id,
                "compared": run.compared_id,
                "content_digest": run.content_digest,
                "result_digest": digest_of(document),
            },
        )


def _write_changes(run_id: int, changes: pl.DataFrame) -> None:
    """Up to a million rows: COPY, not one INSERT each."""
    rows = changes.select(pl.lit(run_id), "case_id", "was", "becomes", "entry")
    table = ReplayChange._meta.db_table
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY {table} (run_id, case_id, was, becomes, entry) FROM STDIN WITH (FORMAT csv)",
            io.BytesIO(rows.write_csv(include_header=False).encode()),
        )
