"""Public acts from before the public log: entered later, in the order they were made, on their own ledger entries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from cases.models import Decision
from cases.workflow import Act
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.canonical import digest_of
from enforcement.ledger.models import LedgerEntry, PublicLogEntry
from enforcement.ledger.public_log import DECISION, append_public_act
from enforcement.models import RuleVersion


@dataclass(frozen=True, slots=True)
class _MissingAct:
    entry: LedgerEntry
    kind: str
    key: str
    label: str
    digest: str


@transaction.atomic
def complete_public_log() -> int:
    """Enter every published version and served decision that is not there yet; how many. Safe to repeat.

    The proof then says since when the content is known to be unchanged: since the next checkpoint, not since then.
    """
    missing = sorted([*_versions(), *_decisions()], key=lambda act: (act.entry.occurred_at, act.entry.pk))
    for act in missing:
        append_public_act(entry=act.entry, kind=act.kind, key=act.key, label=act.label, digest=act.digest)
    return len(missing)


def _recorded() -> set[tuple[str, str]]:
    return set(PublicLogEntry.objects.values_list("kind", "key"))


def _versions() -> Iterator[_MissingAct]:
    recorded = _recorded()
    entries = LedgerEntry.objects.filter(action=LedgerAction.VERSION_PUBLISHED)
    by_version = {entry.subject_id: entry for entry in entries.iterator(chunk_size=500)}
    for version in RuleVersion.objects.published().select_related("document"):
        key, entry = (version.document.kind, version.public_key), by_version.get(str(version.pk))
        if key not in recorded and entry is not None:
            yield _MissingAct(entry, *key, str(version), version.digest)


def _decisions() -> Iterator[_MissingAct]:
    recorded = _recorded()
    entries = LedgerEntry.objects.filter(
        action=LedgerAction.CASE_ADVANCED, payload__contains=f'"act":"{Act.DELIVER.value}"'
    )
    served = {
        entry.subject_id: entry
        for entry in entries.iterator(chunk_size=500)
        if json.loads(entry.payload)["act"] == Act.DELIVER.value
    }
    for decision in Decision.objects.iterator(chunk_size=200):
        entry = served.get(str(decision.case_id))
        if (DECISION, decision.slug) not in recorded and entry is not None:
            digest = digest_of(decision.public_snapshot)
            yield _MissingAct(entry, DECISION, decision.slug, decision.number, digest)
