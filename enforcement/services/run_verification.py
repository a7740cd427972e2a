"""Recomputing the ledger at an auditor's request, within the request when it is small enough."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max

from enforcement.actors import Actor, Role
from enforcement.errors import NotPermitted
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.models import LedgerCheckpoint, LedgerEntry
from enforcement.ledger.verifier import Findings
from enforcement.ledger.verify import verify_chains
from enforcement.models import Account
from enforcement.services.record_read import record_read

# Some ten seconds of work; beyond that the console command does it.
MOST_ENTRIES_HERE = 100_000


@dataclass(frozen=True, slots=True)
class VerificationState:
    """What there is to verify."""

    entries: int
    last_checkpoint: LedgerCheckpoint | None

    @property
    def may_run_here(self) -> bool:
        return self.entries <= MOST_ENTRIES_HERE


def verification_state() -> VerificationState:
    """Two queries. The number is that of the newest row, which is near enough to choose the way."""
    newest = LedgerEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return VerificationState(newest, LedgerCheckpoint.objects.order_by("-number").first())


def run_verification(*, actor: Actor) -> Findings:
    """Recompute every chain and compare with the witness; that it was done is recorded. Raises `NotPermitted`."""
    if Role.AUDIT_ADMIN not in actor.roles:
        raise NotPermitted("not_permitted", "账本由审计管理员核验。")
    findings = verify_chains()
    record_read(
        actor=actor,
        subject=Account(pk=actor.account_id),
        subject_label="账本",
        action=LedgerAction.LEDGER_VERIFIED,
        payload={"entries": findings.entries, "breaks": len(findings.breaks)},
    )
    return findings
