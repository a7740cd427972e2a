"""The entries of a list in words, field by field, for comparing two versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from enforcement import wording
from enforcement.comparison.entries import ComparedEntry
from enforcement.conditions.describe import describe
from enforcement.conditions.parse import ConditionError, parse_condition
from enforcement.conditions.vocabulary import Vocabulary, VocabularyError
from enforcement.models import RuleVersion
from exemption_lists.models import ListEntry
from exemption_lists.selectors import entries_of, vocabulary_of
from exemption_lists.web import entry_presentation as words

UNREADABLE = "（条件不完整，还不能读出）"


def compared_entries(version: RuleVersion) -> list[ComparedEntry]:
    """Every entry in printed order. One query."""
    return [compared_entry(entry) for entry in entries_of(version)]


def compared_entry(entry: ListEntry) -> ComparedEntry:
    """One entry with everything it says; what a machine reads is said as a sentence beside the published words."""
    fields = (
        ("处理方式", words.verdict_of(entry)),
        ("适用范围", entry.get_scope_display()),
        ("执法领域", entry.domain),
        ("类别", entry.category),
        ("适用条件", f"{words.lead_in_of(entry)}：\n{words.numbered(entry.condition_text)}")
        if entry.condition_text
        else ("适用条件", ""),
        ("系统判断的条件", _sentence(entry)),
        ("排除情形", words.numbered([exclusion["text"] for exclusion in entry.exclusions])),
        ("系统判断的排除情形", _exclusions(entry)),
        ("配套措施", words.numbered(entry.follow_up)),
        ("免予的强制措施", entry.coercive_measure),
        ("违反依据", _printed(entry.violated_provisions)),
        ("处罚依据", _printed(entry.penalty_provisions)),
        ("法定罚款幅度", ranges_text(entry.statutory_ranges)),
        ("从轻或减轻后的罚款幅度", ranges_text(entry.fine_ranges)),
        ("罚款确定方法", entry.fine_rule),
        ("通俗解释", entry.plain_words),
        ("举例", entry.example),
        ("备注", entry.note),
    )
    return ComparedEntry(entry.slug, entry.serial, words.title_of(entry), entry.kind, fields)


def ranges_text(ranges: Sequence[Mapping[str, Any]]) -> str:
    """Amounts in yuan, one subject a line: 个体工商户：200元至500元."""
    return "\n".join(_range_text(one) for one in ranges)


def _range_text(one: Mapping[str, Any]) -> str:
    low, high = one.get("min_fen"), one.get("max_fen")
    if low is not None and high is not None:
        amount = wording.money_range_text(low, high)
    elif high is not None:
        amount = f"{wording.money_text(high, unit='元')}以下"
    elif low is not None:
        amount = f"{wording.money_text(low, unit='元')}以上"
    else:
        amount = "没有写明金额"
    return f"{one['subject']}：{amount}" if one.get("subject") else amount


def _printed(references: Sequence[Mapping[str, Any]]) -> str:
    """The provisions as the list prints them, one a line."""
    return "\n".join(
        str(reference.get("text") or wording.provision_text(reference)) for reference in references
    )


def _sentence(entry: ListEntry) -> str:
    return _described(entry.condition or {"all": []}, entry.declared_facts)


def _exclusions(entry: ListEntry) -> str:
    typed = [one["condition"] for one in entry.exclusions if one.get("condition") is not None]
    return "\n".join(_described(condition, entry.declared_facts) for condition in typed)


def _described(condition: Mapping[str, Any], declared: Sequence[dict[str, Any]]) -> str:
    """A draft may hold a condition that nothing can read yet; comparing must not stop at it."""
    try:
        vocabulary: Vocabulary = vocabulary_of(declared)
        return describe(parse_condition(condition, vocabulary), vocabulary)
    except (ConditionError, VocabularyError):
        return UNREADABLE
