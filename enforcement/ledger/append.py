"""Writing to the ledger: inside the caller's transaction, after every other write of the service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection

from enforcement.actors import PUBLIC, Actor
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.canonical import canonical_json, digest_of
from enforcement.ledger.commitments import commit
from enforcement.ledger.context import current_context, note_action
from enforcement.ledger.keys import current_key
from enforcement.ledger.models import FORMAT_CURRENT, LedgerEntry
from enforcement.ledger.personal import masked, without_identifiers

GENESIS = "0" * 64
PROVINCE_CHAIN = "province"
CLIENT_ADDRESS = "client_address"

# One round trip, two statements: the second has its own snapshot, taken when the lock is already held. The time never
# runs backwards within a chain, even when the clock of the server is set back.
LOCK_AND_READ_HEAD = """
SELECT pg_advisory_xact_lock(hashtextextended(%s, 0));
SELECT coalesce(head.sequence, 0), coalesce(head.hash, %s), greatest(clock_timestamp(), head.occurred_at)
FROM (SELECT 1) AS one LEFT JOIN LATERAL (
    SELECT sequence, hash, occurred_at FROM enforcement_ledgerentry
    WHERE chain = %s ORDER BY sequence DESC LIMIT 1
) AS head ON true
"""
COLUMNS = (
    "format",
    "chain",
    "sequence",
    "action",
    "subject_type",
    "subject_id",
    "subject_label",
    "subject_version",
    "actor_id",
    "actor_name",
    "duty",
    "request_id",
    "reason",
    "occurred_at",
    "payload",
    "commitments",
    "key_id",
    "previous_hash",
    "hash",
    "mac",
)
INSERT_ENTRY = (
    f"INSERT INTO enforcement_ledgerentry ({', '.join(COLUMNS)}) "  # noqa: S608 (our own column names)
    f"VALUES ({', '.join(['%s'] * len(COLUMNS))}) RETURNING id"
)
INSERT_SALTS = (
    "WITH entry AS ({entry}) INSERT INTO enforcement_commitmentsalt (entry_id, name, salt) "
    "SELECT entry.id, made.name, made.salt FROM entry, (VALUES {rows}) AS made (name, salt) RETURNING entry_id"
)
# What format 1 did not have; its hashes were made without these names.
SINCE_FORMAT_2 = (
    "format",
    "subject_version",
    "duty",
    "request_id",
    "reason",
    "commitments",
    "key_id",
)
NEVER_HASHED = ("hash", "mac")


def hashed_content(entry: LedgerEntry) -> dict[str, Any]:
    """What the hash of an entry covers: everything but the hash itself and its MAC."""
    left_out = NEVER_HASHED if entry.format >= FORMAT_CURRENT else (*NEVER_HASHED, *SINCE_FORMAT_2)
    return {name: getattr(entry, name) for name in COLUMNS if name not in left_out}


def append_entry(
    *,
    chain: str,
    action: LedgerAction,
    subject: Any,
    subject_label: str,
    actor: Actor,
    payload: Mapping[str, Any],
    reason: str = "",
    subject_version: int | None = None,
    committed: Mapping[str, Any] | None = None,
) -> LedgerEntry:
    """Append one act to `chain` (an agency code) and return it. Two round trips.

    Must run inside `atomic()`. Takes an advisory lock on the chain that is held to commit, so call it last: six
    writers on one chain without the lock would break nearly every link; writers on other chains do not wait.
    `payload` holds ids, numbers and digests. A personal or sensitive value goes into `committed`: only a salted
    commitment to it is stored. Duty, request and the commitment to the client's address come from `ActContext`.
    `subject_version` is read from the subject when it has one. Texts too long for their column are cut.
    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("append_entry must run inside a transaction")
    context, key = current_context(), current_key()
    hidden = dict(committed or {})
    if context.client_address:
        hidden[CLIENT_ADDRESS] = context.client_address
    commitments, salts = commit(hidden)
    sequence, previous_hash, occurred_at = _locked_head(chain)
    entry = LedgerEntry(
        format=FORMAT_CURRENT,
        chain=chain,
        sequence=sequence + 1,
        action=action.value,
        subject_type=type(subject).__name__[:40],
        subject_id=str(subject.pk)[:64],
        subject_label=without_identifiers(subject_label)[:200],
        subject_version=_version_of(subject) if subject_version is None else subject_version,
        actor_id=actor.account_id,
        actor_name=actor.name[:60],
        duty=(context.duty or _duty_of(actor))[:120],
        request_id=context.request_id[:36],
        reason=without_identifiers(reason.strip())[:500],
        occurred_at=occurred_at,
        payload=canonical_json(masked(payload)),
        commitments=canonical_json(commitments),
        key_id=key.key_id,
        previous_hash=previous_hash,
    )
    entry.hash = digest_of(hashed_content(entry))
    entry.mac = key.mac_of(entry.hash)
    _insert(entry, salts)
    note_action(entry.action)
    return entry


def _locked_head(chain: str) -> tuple[int, str, dt.datetime]:
    """Sequence and hash of the last entry, and the time of the next one."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK_AND_READ_HEAD, [f"ledger:{chain}", GENESIS, chain])
        sequence, previous_hash, now = cursor.fetchone()
    return sequence, previous_hash, now


def _insert(entry: LedgerEntry, salts: Mapping[str, bytes]) -> None:
    """The row and the salts of its commitments in one statement."""
    statement, parameters = INSERT_ENTRY, [getattr(entry, name) for name in COLUMNS]
    if salts:
        statement = INSERT_SALTS.format(entry=INSERT_ENTRY, rows=", ".join(["(%s, %s::bytea)"] * len(salts)))
        for name, salt in salts.items():
            parameters += [name, salt]
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        (entry.pk,) = cursor.fetchone()
    entry._state.adding = False
    entry._state.db = connection.alias


def _duty_of(actor: Actor) -> str:
    if actor.is_system:
        return "系统"
    return "公众" if actor is PUBLIC else actor.duty_labels


def _version_of(subject: Any) -> int | None:
    """The edit counter of the row, under either of the names it has."""
    for name in ("lock_version", "version"):
        value = getattr(subject, name, None)
        if isinstance(value, int):
            return value
    return None
