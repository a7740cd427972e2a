"""Making a checkpoint: where all chains and the public log stand, chained to the checkpoint before, and signed.

A bare chain cannot show that its tail was cut off. A checkpoint that somebody else keeps can.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.db import connection, transaction

from enforcement.ledger.append import GENESIS
from enforcement.ledger.canonical import canonical_json
from enforcement.ledger.keys import current_key
from enforcement.ledger.models import LedgerCheckpoint
from enforcement.ledger.public_log import log_root

EVERY_ROWS = 100
EVERY = dt.timedelta(seconds=60)
# One in so many lists every chain, so that a witness that lost its beginning is still of use.
COMPLETE_EVERY = 60
FORMAT = 1

TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended('ledger: checkpoint', 0))"
# A loose index scan: two index look-ups per chain, whatever the number of entries. One statement, one snapshot.
READ_STATE = """
WITH RECURSIVE chains (chain) AS (
    (SELECT chain FROM enforcement_ledgerentry ORDER BY chain LIMIT 1)
    UNION ALL
    SELECT (SELECT later.chain FROM enforcement_ledgerentry AS later
            WHERE later.chain > chains.chain ORDER BY later.chain LIMIT 1)
    FROM chains WHERE chains.chain IS NOT NULL
)
SELECT chains.chain, head.sequence, head.hash, head.occurred_at, clock_timestamp(),
       (SELECT coalesce(max(sequence), 0) FROM enforcement_publiclogentry)
FROM chains CROSS JOIN LATERAL (
    SELECT sequence, hash, occurred_at FROM enforcement_ledgerentry AS entry
    WHERE entry.chain = chains.chain ORDER BY sequence DESC LIMIT 1
) AS head
WHERE chains.chain IS NOT NULL
"""

Heads = dict[str, list[int | str]]


@dataclass(frozen=True, slots=True)
class LedgerState:
    """The last entry of every chain (`{chain: [sequence, hash]}`), how many leaves the public log has, and when."""

    heads: Heads
    entries: int
    log_size: int
    read_at: dt.datetime


def next_checkpoint(*, force: bool = False) -> LedgerCheckpoint | None:
    """A new checkpoint if one is due: 100 new entries, or any new entry and 60 seconds. `force` needs one new entry.

    None when none is due, or when another process is making one; running it twice at once makes one.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(TRY_LOCK)
            if not cursor.fetchone()[0]:
                return None
        last = LedgerCheckpoint.objects.order_by("-number").first()
        state = read_state()
        if state is None or not _is_due(state, last, force=force):
            return None
        checkpoint = _signed(state, last)
        checkpoint.save(force_insert=True)
    return checkpoint


def read_state() -> LedgerState | None:
    """None while the ledger is empty."""
    with connection.cursor() as cursor:
        cursor.execute(READ_STATE)
        rows = cursor.fetchall()
    if not rows:
        return None
    return LedgerState(
        heads={row[0]: [row[1], row[2]] for row in rows},
        entries=sum(row[1] for row in rows),
        log_size=rows[0][5],
        # Never before what it covers, even when the clock was set back in between.
        read_at=max([rows[0][4], *(row[3] for row in rows)]),
    )


def _is_due(state: LedgerState, last: LedgerCheckpoint | None, *, force: bool) -> bool:
    new = state.entries - (last.entries if last else 0)
    if new <= 0 or last is None or force:
        return new > 0
    return new >= EVERY_ROWS or state.read_at - last.made_at >= EVERY


def _signed(state: LedgerState, last: LedgerCheckpoint | None) -> LedgerCheckpoint:
    key = current_key()
    number = last.number + 1 if last else 1
    made_at = max(state.read_at, last.made_at) if last else state.read_at
    is_complete = number % COMPLETE_EVERY == 1
    known = {} if is_complete else _known_heads()
    moved = {chain: head for chain, head in state.heads.items() if known.get(chain) != head}
    heads = canonical_json({"complete": is_complete, "heads": moved})
    content = canonical_json(
        {
            "format": FORMAT,
            "number": number,
            "made_at": made_at,
            "previous": last.digest if last else GENESIS,
            "heads_digest": hashlib.sha256(heads.encode("utf-8")).hexdigest(),
            "log_size": state.log_size,
            "log_root": log_root(state.log_size),
            "key_id": key.key_id,
        }
    )
    return LedgerCheckpoint(
        number=number,
        made_at=made_at,
        entries=state.entries,
        log_size=state.log_size,
        is_complete=is_complete,
        content=content,
        heads=heads,
        digest=hashlib.sha256(content.encode("utf-8")).hexdigest(),
        key_id=key.key_id,
        signature=base64.b64encode(key.signing.sign(content.encode("utf-8"))).decode("ascii"),
    )


def _known_heads() -> Heads:
    """What the checkpoints since the last complete one have listed."""
    complete = LedgerCheckpoint.objects.filter(is_complete=True).order_by("-number").first()
    known: Heads = {}
    since = complete.number if complete else 1
    for heads in (
        LedgerCheckpoint.objects.filter(number__gte=since).order_by("number").values_list("heads", flat=True)
    ):
        known.update(json.loads(heads)["heads"])
    return known
