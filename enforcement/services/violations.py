"""案由: adding and changing, with the links to the provisions its citations name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.models import Violation
from enforcement.register_kinds import RegisterKind
from enforcement.selectors.law_lookups import resolve_citations
from enforcement.services.register_rows import add_row, change_row

TEXTS = ("violated_text", "punished_text")


@transaction.atomic
def add_violation(
    *, actor: Actor, kind: RegisterKind, values: Mapping[str, Any], reason: str = ""
) -> Violation:
    """A new row with its links. Raises `InvalidInput` for a citation the register has no row for."""
    require_registered(values)
    row: Violation = add_row(actor=actor, kind=kind, values=values, reason=reason)
    link_provisions([row])
    return row


@transaction.atomic
def change_violation(
    *,
    actor: Actor,
    kind: RegisterKind,
    key: Any,
    values: Mapping[str, Any],
    expected_version: int,
    reason: str,
) -> tuple[str, ...]:
    """Names of what changed; the links follow the citations."""
    require_registered(values)
    row, changed = change_row(
        actor=actor, kind=kind, key=key, values=values, expected_version=expected_version, reason=reason
    )
    if set(changed) & set(TEXTS):
        link_provisions([row])
    return changed


def link_provisions(rows: Sequence[Violation]) -> None:
    """Set the links of rows to what their citations name now. A few queries, however many rows."""
    texts = {getattr(row, name) for row in rows for name in TEXTS}
    resolved = resolve_citations(texts)
    for name, relation in (("violated_text", Violation.violated), ("punished_text", Violation.punished_by)):
        through: Any = relation.through
        through.objects.filter(violation__in=rows).delete()
        through.objects.bulk_create(
            through(violation_id=row.pk, provision_id=provision.pk)
            for row in rows
            for provision in resolved[getattr(row, name)].provisions
        )


def require_registered(values: Mapping[str, Any]) -> None:
    """Raise `InvalidInput`, by field, for citations that name no row of the register."""
    texts = {name: str(values.get(name) or "") for name in TEXTS}
    resolved = resolve_citations(texts.values())
    fields = {
        name: [unknown_sentence(line) for line in resolved[text].unknown]
        for name, text in texts.items()
        if resolved[text].unknown
    }
    if fields:
        refusal = InvalidInput.from_problems(
            "provision_unknown", [sentence for sentences in fields.values() for sentence in sentences]
        )
        refusal.data["fields"] = fields
        raise refusal


def unknown_sentence(line: str) -> str:
    """What is wrong with a citation and what to do."""
    return f"没有登记“{line[:60]}”。先登记这一条款，或者核对法律名称和序号"
