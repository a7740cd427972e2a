"""Amounts of an entry beside the statutory range. Pure; whole fen.

减轻处罚 goes below the statutory minimum, 从轻处罚 stays inside the range (行政处罚法 第三十二条；国办发〔2022〕27号 三（八）).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from enforcement.documents import Finding
from enforcement.wording import money_text
from exemption_lists.checks.checked_entry import error, warning
from exemption_lists.models import LeniencyKind

WITHOUT_FINE = frozenset({LeniencyKind.NO_PENALTY, LeniencyKind.NO_COMPULSION})


@dataclass(frozen=True, slots=True)
class AmountRange:
    """A range for one subject ("" the party); an end that is None is not set."""

    subject: str
    min_fen: int | None
    max_fen: int | None

    @property
    def words(self) -> str:
        low = money_text(self.min_fen, unit="元") if self.min_fen is not None else ""
        high = money_text(self.max_fen, unit="元") if self.max_fen is not None else ""
        who = f"{self.subject} " if self.subject else ""
        if low and high:
            return f"{who}{low}至{high}"
        return f"{who}{low}以上" if low else f"{who}{high}以下"


@dataclass(frozen=True, slots=True)
class EntryAmounts:
    """What an entry says about the fine, and what the register holds as the statutory fine of its violation."""

    serial: str
    slug: str
    kind: LeniencyKind
    statutory: tuple[AmountRange, ...]
    treated: tuple[AmountRange, ...]
    registered: tuple[AmountRange, ...] = ()


def ranges_of(documents: Iterable[Mapping[str, Any]]) -> tuple[AmountRange, ...]:
    """Stored `{"subject", "min_fen", "max_fen"}` as ranges."""
    return tuple(
        AmountRange(str(one.get("subject") or ""), one.get("min_fen"), one.get("max_fen"))
        for one in documents
    )


def amount_findings(entries: Iterable[EntryAmounts]) -> list[Finding]:
    """Everything wrong with amounts, in printed order."""
    return [finding for entry in entries for finding in _of_entry(entry)]


def _of_entry(entry: EntryAmounts) -> list[Finding]:
    head = f"第 {entry.serial} 条："
    findings: list[Finding] = []
    if entry.treated and entry.kind in WITHOUT_FINE:
        text = f"{head}{entry.kind.label}不应写罚款幅度。删去幅度，或者改处理方式。"
        findings.append(error("fine_without_penalty", text, slug=entry.slug, field="fine_ranges"))
    for one in (*entry.statutory, *entry.treated):
        if one.min_fen is not None and one.max_fen is not None and one.min_fen > one.max_fen:
            text = f"{head}幅度“{one.words}”的下限大于上限。请改正。"
            findings.append(error("range_reversed", text, slug=entry.slug, field="fine_ranges"))
    findings += _beside_register(entry, head)
    if findings:
        return findings
    for one in entry.treated:
        limits = _limits_for(one.subject, entry.statutory or entry.registered)
        finding = _against(entry, one, limits, head) if limits is not None else None
        findings += [finding] if finding is not None else []
    return findings


def _beside_register(entry: EntryAmounts, head: str) -> list[Finding]:
    findings = []
    for stated in entry.statutory:
        known = _limits_for(stated.subject, entry.registered)
        if known is not None and (known.min_fen or 0, known.max_fen) != (stated.min_fen or 0, stated.max_fen):
            text = f"{head}写的法定幅度是{stated.words}，案由登记的是{known.words}。请核对法条。"
            findings.append(warning("statutory_differs", text, slug=entry.slug, field="statutory_ranges"))
    return findings


def _limits_for(subject: str, ranges: tuple[AmountRange, ...]) -> AmountRange | None:
    """The range of the same subject; a single range without a subject is everybody's."""
    for one in ranges:
        if one.subject == subject:
            return one
    return ranges[0] if len(ranges) == 1 and not ranges[0].subject else None


def _against(entry: EntryAmounts, one: AmountRange, limits: AmountRange, head: str) -> Finding | None:
    if entry.kind is LeniencyKind.MITIGATED:
        return _mitigated(entry, one, limits, head)
    if entry.kind is LeniencyKind.LIGHTER:
        return _lighter(entry, one, limits, head)
    return None


def _mitigated(entry: EntryAmounts, one: AmountRange, limits: AmountRange, head: str) -> Finding | None:
    least = limits.min_fen or 0
    place: dict[str, Any] = {"slug": entry.slug, "field": "fine_ranges"}
    if least == 0:
        text = f"{head}法定罚款没有最低额，减轻处罚没有低于它的余地。改为从轻处罚，或者写明减轻的方式。"
        return warning("nothing_to_mitigate", text, **place)
    if one.max_fen is None or one.max_fen > least:
        text = (
            f"{head}减轻处罚的幅度“{one.words}”没有低于法定最低额{money_text(least, unit='元')}"
            "（行政处罚法第三十二条）。把上限改到最低额以下。"
        )
        return error("not_below_minimum", text, **place)
    if one.max_fen == least:
        text = f"{head}减轻后的上限正好是法定最低额{money_text(least, unit='元')}。公布时写明不含本数。"
        return warning("ends_at_minimum", text, **place)
    return None


def _lighter(entry: EntryAmounts, one: AmountRange, limits: AmountRange, head: str) -> Finding | None:
    low, high = one.min_fen or 0, one.max_fen
    below = low < (limits.min_fen or 0)
    above = limits.max_fen is not None and (high is None or high > limits.max_fen)
    if not (below or above):
        return None
    text = (
        f"{head}从轻处罚的幅度“{one.words}”超出法定幅度{limits.words}。从轻应在法定幅度之内，"
        "低于最低额的属于减轻处罚。请改正。"
    )
    return error("outside_range", text, slug=entry.slug, field="fine_ranges")
