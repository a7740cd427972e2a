"""Does what is published still equal what the ledger recorded at publication?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from enforcement.document_digest import version_digest
from enforcement.documents import DocumentBody
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.models import LedgerEntry
from enforcement.models import RuleVersion


def altered_versions(bodies: Iterable[DocumentBody]) -> Iterator[str]:
    """One Chinese sentence per published version whose content, digest or ledger entry disagree."""
    recorded = {
        entry.subject_id: json.loads(entry.payload).get("digest")
        for entry in LedgerEntry.objects.filter(action=LedgerAction.VERSION_PUBLISHED).iterator()
    }
    for body in bodies:
        versions = RuleVersion.objects.published().filter(document__kind=body.kind)
        for version in versions.select_related("document__agency"):
            computed = version_digest(version, body.content_of(version))
            if computed != version.digest:
                yield f"{version}：公布内容与发布时的摘要不符"
            elif recorded.get(str(version.pk)) != version.digest:
                yield f"{version}：账本中没有与之相符的发布记录"
