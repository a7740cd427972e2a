"""Acts of a list beside the responsibility lists (权责清单) of those who apply it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enforcement.documents import Finding
from exemption_lists.checks.checked_entry import CheckedEntry, error, warning


@dataclass(frozen=True, slots=True)
class HeldMatters:
    """Penalty matters in the lists in force of the agency and those below it. `has_list` False: nothing is known."""

    has_list: bool
    violation_ids: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()

    def hold(self, entry: CheckedEntry) -> bool:
        return entry.violation_id in self.violation_ids or entry.violation_name.strip() in self.names


def responsibility_findings(entries: Iterable[CheckedEntry], held: HeldMatters) -> list[Finding]:
    """An act outside every list blocks; without any list there is one warning for all."""
    matters = [entry for entry in entries if not entry.is_general]
    if not matters:
        return []
    if not held.has_list:
        text = "本机关和下级机关还没有公布权责清单，没有核对违法行为是否在职责之内。请人工核对。"
        return [warning("no_responsibility_list", text)]
    return [
        error(
            "outside_responsibilities",
            f"第 {entry.serial} 条：“{entry.violation_name}”不在本机关和下级机关的权责清单里。"
            "核对名称，删去这一条，或者先修订权责清单。",
            slug=entry.slug,
            field="violation_name",
        )
        for entry in matters
        if not held.hold(entry)
    ]
