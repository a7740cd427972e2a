"""One verification over the ledger and everything that was frozen because of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from cases.models import CaseDocument, Decision
from discretion.content import BODY as STANDARD_BODY
from enforcement.document_digest import repeal_digest
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.canonical import digest_of
from enforcement.ledger.models import LedgerEntry, PublicLogEntry
from enforcement.ledger.public_log import DECISION, REPEAL
from enforcement.ledger.verifier import Findings
from enforcement.ledger.verify import verify_chains
from enforcement.models import DocumentKind, RuleVersion, VersionRepeal
from enforcement.responsibility.content import BODY as RESPONSIBILITY_BODY
from enforcement.selectors.version_files import altered_files
from enforcement.services.verify_documents import altered_versions
from exemption_lists.content import BODY as LIST_BODY
from joint_inspection.content import BODY as JOINT_BODY

BODIES = (LIST_BODY, STANDARD_BODY, JOINT_BODY, RESPONSIBILITY_BODY)


@dataclass
class VerificationReport(Findings):
    """What the ledger's own verification found, and the same for everything that was frozen because of it."""

    versions: int = 0
    decisions: int = 0


def verify_everything() -> VerificationReport:
    """Chains, public log and witness first, then versions, decisions and issued documents against their digests."""
    report = VerificationReport(**vars(verify_chains()))
    report.versions = RuleVersion.objects.published().count()
    report.breaks.extend(altered_versions(BODIES))
    report.breaks.extend(altered_files())
    _verify_decisions(report)
    report.breaks.extend(_altered_public_acts())
    for document in CaseDocument.objects.iterator(chunk_size=50):
        if hashlib.sha256(bytes(document.content)).hexdigest() != document.digest:
            report.breaks.append(f"文书 {document}：文件与签发时的摘要不符")
    return report


def _verify_decisions(report: VerificationReport) -> None:
    payloads = LedgerEntry.objects.filter(action=LedgerAction.DECISION_ISSUED).values_list(
        "payload", flat=True
    )
    issued = [json.loads(payload) for payload in payloads.iterator()]
    recorded = {payload.get("number"): payload.get("digest") for payload in issued}
    for decision in Decision.objects.iterator(chunk_size=200):
        report.decisions += 1
        if digest_of(decision.snapshot) != decision.digest:
            report.breaks.append(f"决定 {decision.number}：内容与作出时的摘要不符")
        elif recorded.get(decision.number) != decision.digest:
            report.breaks.append(f"决定 {decision.number}：账本中没有与之相符的记录")


def _altered_public_acts() -> Iterator[str]:
    """What the public log says was published must still be there with the same content."""
    published = {
        (version.document.kind, version.public_key): version.digest
        for version in RuleVersion.objects.published().select_related("document")
    }
    served = dict(
        Decision.objects.annotate(shown=Coalesce("release__public_snapshot", "public_snapshot")).values_list(
            "slug", "shown"
        )
    )
    repealed = {
        repeal.version.public_key: repeal_digest(repeal)
        for repeal in VersionRepeal.objects.select_related("version__document__agency")
    }
    for act in PublicLogEntry.objects.order_by("sequence").iterator(chunk_size=500):
        if act.kind == DECISION:
            current = digest_of(served[act.key]) if act.key in served else None
        elif act.kind == REPEAL:
            current = repealed.get(act.key)
        elif act.kind in DocumentKind.values:
            current = published.get((act.kind, act.key))
        else:
            continue
        if current != act.digest:
            yield f"公开记录 {act.sequence}：{act.label}与公开时的内容不符"
