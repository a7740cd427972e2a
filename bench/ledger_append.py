"""What the ledger costs an act: `append_entry` inside a transaction, as every service calls it last.

2,400 appends over six agencies, each with a commitment to the client's address as in a request. Limit: 3 ms at the 95th
percentile. In turn with it (A B A B) the same row is written by a bare INSERT into a table with the same indexes but
without lock, link, hash, MAC and commitment: the ratio says what being a ledger costs. Afterwards the chains are
verified; a figure for broken chains would be worth nothing.
"""

from __future__ import annotations

import statistics
import time

APPENDS = 2400
CHAINS = 6
LIMIT_MS = 3


def run() -> bool:
    """Print the figures; True when the limit is kept."""
    from django.db import connection

    from enforcement.ledger.verify import verify_chains

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_row (LIKE enforcement_ledgerentry INCLUDING ALL)")
    times, rivals, commits = [], [], []
    for turn in range(APPENDS):
        spent, committed = _append(turn)
        times.append(spent)
        commits.append(committed)
        rivals.append(_bare_insert(turn))
    found = verify_chains()
    if found.breaks or found.entries < APPENDS:
        raise AssertionError(f"the chains do not hold: {found.breaks[:3]}")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_row")
    p95 = _percentile(times, 95)
    verdict = "ok" if p95 <= LIMIT_MS else "short"
    ratio = statistics.median(times) / statistics.median(rivals)
    print(f"ledger_append   {APPENDS} appends on {CHAINS} chains, each in a transaction of its own")
    print(
        f"ledger_append   p50 {statistics.median(times):.2f} ms  p95 {p95:.2f} ms  p99 {_percentile(times, 99):.2f} ms  "
        f"limit {LIMIT_MS} ms  {verdict}"
    )
    print(
        f"ledger_append   with commit: p95 {_percentile(commits, 95):.2f} ms; over a bare INSERT: {ratio:.2f}"
    )
    return verdict == "ok"


def _percentile(values: list[float], percent: int) -> float:
    return sorted(values)[len(values) * percent // 100 - 1]


def _append(turn: int) -> tuple[float, float]:
    """Milliseconds of the append, and of append and commit."""
    from django.db import transaction

    from enforcement.actors import SYSTEM
    from enforcement.ledger.action_names import LedgerAction
    from enforcement.ledger.append import append_entry
    from enforcement.ledger.context import ActContext, acting_in
    from enforcement.models import Line

    context = ActContext(request_id=f"BENCH{turn}", client_address="203.0.113.7")
    started = time.perf_counter()
    with acting_in(context), transaction.atomic():
        inside = time.perf_counter()
        append_entry(
            chain=f"agency-{turn % CHAINS}",
            action=LedgerAction.CASE_ADVANCED,
            subject=Line(code="SCJG"),
            subject_label=f"某市监立〔2026〕{turn}号",
            actor=SYSTEM,
            payload={"act": "advance", "from": "investigation", "to": "approval", "turn": turn},
        )
        appended = time.perf_counter()
    return (appended - inside) * 1000, (time.perf_counter() - started) * 1000


def _bare_insert(turn: int) -> float:
    from django.db import connection, transaction

    row = {
        "id": turn,
        "format": 2,
        "chain": f"agency-{turn % CHAINS}",
        "sequence": turn // CHAINS + 1,
        "action": "case_advanced",
        "subject_type": "Line",
        "subject_id": "SCJG",
        "subject_label": f"某市监立〔2026〕{turn}号",
        "actor_name": "系统",
        "duty": "系统",
        "request_id": f"BENCH{turn}",
        "reason": "",
        "payload": '{"act":"advance"}',
        "commitments": "{}",
        "key_id": "0" * 16,
        "previous_hash": "0" * 64,
        "hash": "0" * 64,
        "mac": "0" * 64,
    }
    sql = (
        f"INSERT INTO bench_row ({', '.join(row)}, occurred_at) "  # noqa: S608 (our own names)
        f"VALUES ({', '.join(['%s'] * len(row))}, clock_timestamp()) RETURNING id"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        started = time.perf_counter()
        cursor.execute(sql, list(row.values()))
        cursor.fetchone()
        return (time.perf_counter() - started) * 1000
