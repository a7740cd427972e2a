"""A list beside its superiors' lists in force about the same acts. Pure.

A lower agency applies the superior's list directly (云政办发〔2022〕51号 二(一)): whoever the superior's entry covers must not
fare worse under the lower one, so an entry that says so is refused; any other difference is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enforcement.conditions.possibility import implies, possibility_of
from enforcement.conditions.tree import AllOf
from enforcement.conditions.vocabulary import Vocabulary
from enforcement.documents import Finding
from exemption_lists.checks.checked_entry import LADDER, CheckedEntry, error, warning
from exemption_lists.models import Mandate
from exemption_lists.precedence import subject_keys

DIRECT = "（51号文二(一)：下级直接适用上级清单）"


@dataclass(frozen=True, slots=True)
class SuperiorEntry:
    """An entry of a superior's list in force; `source` names agency and document."""

    entry: CheckedEntry
    source: str

    @property
    def words(self) -> str:
        return f"{self.source}第 {self.entry.serial} 条“{self.entry.verdict}”"


def superior_findings(
    own: Iterable[CheckedEntry], superiors: Iterable[SuperiorEntry], vocabulary: Vocabulary
) -> list[Finding]:
    """At most one finding per own entry: against the superior's entry that says most about it."""
    by_subject: dict[tuple[str, str], list[SuperiorEntry]] = {}
    for one in superiors:
        for subject in subject_keys(one.entry):
            by_subject.setdefault(subject, []).append(one)
    findings = []
    for entry in own:
        if entry.is_general:
            continue
        about = {id(one): one for key in subject_keys(entry) for one in by_subject.get(key, ())}.values()
        found = [finding for one in about if (finding := _compared(entry, one, vocabulary)) is not None]
        findings += sorted(found, key=lambda finding: not finding.blocks)[:1]
    return findings


def _compared(own: CheckedEntry, above: SuperiorEntry, vocabulary: Vocabulary) -> Finding | None:
    theirs = above.entry
    head = f"第 {own.serial} 条："
    inside = implies(own.condition, theirs.condition, vocabulary)
    around = implies(theirs.condition, own.condition, vocabulary)
    if inside and _is_stricter(own, theirs):
        text = (
            f"{head}{above.words}已经包括这种情形，本条“{own.verdict}”更严。"
            f"删去本条，直接适用上级清单{DIRECT}。"
        )
        return error("stricter_than_superior", text, slug=own.slug, field="kind")
    if inside and around and own.kind is theirs.kind and own.mandate is theirs.mandate:
        text = f"{head}{above.words}规定相同，可以直接适用上级清单，不必重复。"
        return warning("repeats_superior", text, slug=own.slug, field="violation_name")
    if not _can_meet(own, theirs, vocabulary):
        return None
    return warning(
        "differs_from_superior",
        f"{head}{above.words}对同一行为已有规定，本条{_difference(own, theirs, inside=inside, around=around)}。"
        "说明理由，或者直接适用上级清单。",
        slug=own.slug,
        field="condition",
    )


def _is_stricter(own: CheckedEntry, theirs: CheckedEntry) -> bool:
    if own.kind in LADDER and theirs.kind in LADDER and own.kind is not theirs.kind:
        return own.place > theirs.place
    return own.kind is theirs.kind and (own.mandate, theirs.mandate) == (Mandate.MAY, Mandate.MUST)


def _can_meet(own: CheckedEntry, theirs: CheckedEntry, vocabulary: Vocabulary) -> bool:
    both = AllOf((own.condition, theirs.condition))
    return not possibility_of(both, vocabulary).is_excluded


def _difference(own: CheckedEntry, theirs: CheckedEntry, *, inside: bool, around: bool) -> str:
    verdict = "" if own.verdict == theirs.verdict else f"处理方式为“{own.verdict}”，"
    if inside and around:
        return f"{verdict}条件相同"
    if inside:
        return f"{verdict}条件更窄"
    return f"{verdict}条件更宽" if around else f"{verdict}条件不同"
