"""The sentences of an analysis. Every text here is read by officers, parties and supervisors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cases.analysis.conclusion import Candidate, Conclusion
from cases.analysis.inputs import POLICY_SOURCE, BenchmarkInForce, FactRecord
from cases.statuses import FactSource, Outcome
from enforcement.conditions.describe import describe_leaf
from enforcement.conditions.evaluate import Explanation, Facts, Truth, decisive_leaves, evaluate
from enforcement.conditions.facts import display_value
from enforcement.conditions.tree import ALWAYS
from enforcement.conditions.vocabulary import Vocabulary
from exemption_lists.matching import MatchableEntry

LIMITS = "系统只给建议，由您决定。采纳或不采纳的理由都写入文书，并接受监督。"
SHORT_OUTCOMES: dict[Outcome, str] = {
    Outcome.NO_PENALTY: "不予处罚",
    Outcome.MITIGATED: "减轻",
    Outcome.LIGHTER: "从轻",
    Outcome.NORMAL: "一般处罚",
    Outcome.HEAVIER: "从重",
}
MANDATE_WORDS = {"must": "应当", "may": "可以"}
MOST_NAMED = 4


def entry_label(entry: MatchableEntry) -> str:
    """《…清单》第2版第17条."""
    return f"《{entry.document_title}》第{entry.version_number}版第{entry.serial}条"


def benchmark_label(benchmark: BenchmarkInForce) -> str:
    """《…基准》第1版第3项."""
    return f"《{benchmark.title}》第{benchmark.version_number}版第{benchmark.serial}项"


def verdict_line(conclusion: Conclusion, state: str, vocabulary: Vocabulary) -> str:
    """建议：不予处罚（…） | 建议：从轻，“较轻”档 200元以上500元以下 | 尚不能给出建议：还需查明 …"""
    if state == "open":
        labels = [f"“{vocabulary[code].label}”" for code in conclusion.open_facts]
        rest = f"等 {len(labels)} 项" if len(labels) > MOST_NAMED else ""
        return f"尚不能给出建议：还需查明{'、'.join(labels[:MOST_NAMED])}{rest}"
    if state == "choose":
        return "尚不能给出建议：同时符合几个裁量档次，请选定一档并说明理由"
    if state == "none" or conclusion.outcome is None:
        return "没有适用的清单条目和裁量基准，请依法裁量并说明理由"
    if conclusion.outcome is Outcome.NO_PENALTY:
        return f"建议：不予处罚（{_no_penalty_reason(conclusion)}）"
    return f"建议：{SHORT_OUTCOMES[conclusion.outcome]}{_tier_and_range(conclusion, '，')}"


def _no_penalty_reason(conclusion: Conclusion) -> str:
    if conclusion.by == "statute":
        return conclusion.statutory.short_reason
    if conclusion.by == "benchmark":
        return f"裁量档次“{conclusion.tier_label}”"
    mandate = conclusion.chosen.entry.mandate if conclusion.chosen else "may"
    return f"依法{MANDATE_WORDS[mandate]}不予处罚"


def _tier_and_range(conclusion: Conclusion, lead: str) -> str:
    tier = f"“{conclusion.tier_label}”档" if conclusion.tier_label else ""
    text = ranges_text(conclusion)
    words = f"{tier} {text}".strip() if text else tier
    if not words and conclusion.by == "statutory_range":
        words = "法定幅度内裁量"
    return f"{lead}{words}" if words else ""


def ranges_text(conclusion: Conclusion) -> str:
    """The ranges in words, named by subject where there are several."""
    if not conclusion.ranges and conclusion.option is not None:
        # A tier without a fine (警告, 责令停业) says in words what it is.
        return conclusion.option.penalty_text
    several = len(conclusion.ranges) > 1
    parts = [
        f"{one.amount.subject or '当事人'}：{one.amount.text}" if several else one.amount.text
        for one in conclusion.ranges
    ]
    return "；".join(parts)


def effect_text(conclusion: Conclusion) -> str:
    """What stands beside the outcome in a what-if row."""
    if conclusion.outcome is Outcome.NO_PENALTY:
        return entry_label(conclusion.chosen.entry) if conclusion.chosen else ""
    return _tier_and_range(conclusion, "")


def source_of(conclusion: Conclusion) -> dict[str, str]:
    """What the verdict rests on, with its public address."""
    if conclusion.chosen is not None:
        return {"text": entry_label(conclusion.chosen.entry), "url": conclusion.chosen.entry.public_path}
    if conclusion.by == "statute":
        return {"text": conclusion.statutory.law, "url": ""}
    if conclusion.benchmark is not None and conclusion.option is not None:
        return {"text": benchmark_label(conclusion.benchmark), "url": conclusion.benchmark.path}
    return {"text": "法定处罚幅度" if conclusion.by == "statutory_range" else "", "url": ""}


def conditions_title(candidate: Candidate) -> str:
    return f"{entry_label(candidate.entry)}（{candidate.outcome.label}）：同时满足下列条件"


def tier_explanations(conclusion: Conclusion, facts: Facts) -> Iterator[tuple[str, Explanation, Vocabulary]]:
    """The tiers that matched or are still open, each explained; none when no tier counts."""
    found, benchmark = conclusion.recommendation, conclusion.benchmark
    if found is None or found.choice is None or benchmark is None or conclusion.outcome is Outcome.NO_PENALTY:
        return
    for group in found.choice.groups:
        for tier in (*group.matched, *(one.tier for one in group.unknown)):
            if tier.condition != ALWAYS:
                yield tier.name, evaluate(tier.condition, facts, benchmark.vocabulary), benchmark.vocabulary


def source_words(code: str, records: Mapping[str, FactRecord], vocabulary: Vocabulary) -> tuple[str, str]:
    """“否，现场检查笔录 第2页，杨某 11月18日 09:12”, or the link where the gap is filled."""
    record = records.get(code)
    if record is None:
        return "补录", f"#fact-{code}"
    kind = FactSource(record.source).label if record.source in FactSource.values else record.source
    shown = display_value(vocabulary[code], record.value)
    where = " ".join(part for part in (kind, record.note) if part)
    who = " ".join(part for part in (record.by, record.at) if part)
    return "，".join(part for part in (shown, where, who) if part), ""


def why_not(candidate: Candidate, conclusion: Conclusion) -> str:
    """Why an entry beside the chosen one is not the basis."""
    if candidate.policy_blocked:
        return f"属于{POLICY_SOURCE}不适用包容审慎监管的情形"
    match = candidate.match
    if candidate.standing is Truth.FALSE:
        for exclusion, explanation in zip(match.entry.exclusions, match.exclusions, strict=True):
            if explanation.truth is Truth.FALSE:
                return f"存在排除情形：{exclusion.text}"
        failed = list(
            dict.fromkeys(describe_leaf(leaf, match.vocabulary) for leaf in decisive_leaves(match.conditions))
        )
        return f"不满足：{'；'.join(failed[:2])}" if failed else "条件不成立"
    if candidate.standing is Truth.UNKNOWN:
        return f"尚未查明：{'、'.join(match.vocabulary[code].label for code in candidate.open_facts[:3])}"
    return "也符合，已适用更有利或者更具体的一条" if conclusion.outcome else "符合"


def coercion_note(entry: MatchableEntry) -> str:
    return (
        f"行政强制措施：{entry_label(entry)}，可免予{entry.coercive_measure or '行政强制'}。不影响是否处罚。"
    )


def key_area_line(key_area: str) -> str:
    """Key areas are watched harder but exclude nothing by themselves."""
    return f"属于重点领域（{key_area}），从宽处理会进入重点抽查。" if key_area else ""
