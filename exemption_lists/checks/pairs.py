"""Entries of one list about the same act: said twice, contradicting each other, or never reached. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from enforcement.conditions.possibility import implies
from enforcement.conditions.vocabulary import Vocabulary
from enforcement.documents import Finding
from exemption_lists.checks.checked_entry import CheckedEntry, error, warning
from exemption_lists.models import LeniencyKind, Mandate

# Every pair of one act is compared; published lists have a handful, and a thousand would be half a million pairs.
MOST_OF_ONE_ACT = 40


def pair_findings(entries: Iterable[CheckedEntry], vocabulary: Vocabulary) -> list[Finding]:
    """One finding per pair at most, in printed order."""
    groups: dict[tuple[str, str], list[CheckedEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.subject, []).append(entry)
    findings: list[Finding] = []
    for group in groups.values():
        if len(group) > MOST_OF_ONE_ACT:
            findings.append(_too_many(group))
            continue
        found = (_pair(first, second, vocabulary) for first, second in combinations(group, 2))
        findings += [one for one in found if one is not None]
    return findings


def _too_many(group: list[CheckedEntry]) -> Finding:
    name = group[0].violation_name or "通用条款"
    text = f"“{name}”有 {len(group)} 条，超过 {MOST_OF_ONE_ACT} 条，没有两两比对。请人工核对有没有重复。"
    return warning("too_many_of_one_act", text, slug=group[0].slug)


def _pair(first: CheckedEntry, second: CheckedEntry, vocabulary: Vocabulary) -> Finding | None:
    first_in_second = implies(first.condition, second.condition, vocabulary)
    second_in_first = implies(second.condition, first.condition, vocabulary)
    if first_in_second and second_in_first:
        return _same_condition(first, second)
    if not (first_in_second or second_in_first):
        return None
    narrow, wide = (first, second) if first_in_second else (second, first)
    return _contained(narrow, wide)


def _same_condition(first: CheckedEntry, second: CheckedEntry) -> Finding:
    both = f"第 {first.serial} 条与第 {second.serial} 条：违法行为和条件相同，"
    if first.kind is second.kind and first.mandate is second.mandate:
        text = f"{both}处理方式也相同。留下一条。"
        return error("duplicate", text, slug=second.slug, field="violation_name")
    text = f"{both}处理方式却不同（{first.verdict}，{second.verdict}）。改正条件或者处理方式。"
    return error("contradiction", text, slug=second.slug, field="kind")


def _contained(narrow: CheckedEntry, wide: CheckedEntry) -> Finding | None:
    """What meets `narrow` always meets `wide`."""
    if narrow.kind is wide.kind:
        if narrow.mandate is Mandate.MUST and wide.mandate is Mandate.MAY:
            return None  # the narrow case binds, the wider one leaves a choice: both have work to do
        text = f"第 {narrow.serial} 条的情形已经包含在第 {wide.serial} 条里。请核对是否还需要。"
        return warning("contained", text, slug=narrow.slug, field="condition")
    if LeniencyKind.NO_COMPULSION in (narrow.kind, wide.kind) or wide.place > narrow.place:
        return None
    if wide.mandate is Mandate.MAY:
        return None
    text = (
        f"满足第 {narrow.serial} 条（{narrow.verdict}）时，也满足更宽的第 {wide.serial} 条（{wide.verdict}），"
        f"第 {narrow.serial} 条用不到。请核对条件。"
    )
    return warning("never_reached", text, slug=narrow.slug, field="condition")
