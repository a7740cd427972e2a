"""What a benchmark and a statute come to for the facts a published decision records."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from discretion.decision_facts import case_facts, plain, subject_kind, unconfirmed_as_false
from discretion.printed_arithmetic import printed_amount
from discretion.rules.amounts import AmountRange
from discretion.rules.import_research import BenchmarkDraft
from discretion.rules.money import fen_from_yuan, yuan_text
from discretion.rules.recommend import Recommendation, RecommendationStatus, recommend
from discretion.rules.schema import BenchmarkRules, Group, Tier
from enforcement.conditions.tree import ALWAYS

NOT_A_TIER = re.compile(r"不属|未列|未写明|未载明|未引")
COUNT_FACTS = ("offence_count", "punishment_count")
SHORTEST_CLAUSE = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A computed lawful range, or the reason why there is none. `missing` names the facts lacked."""

    amount: AmountRange | None
    why: str
    missing: tuple[str, ...] = ()
    no_penalty: bool = False


def referenced_draft(decision: Mapping[str, Any], drafts: Sequence[BenchmarkDraft]) -> BenchmarkDraft | None:
    """The benchmark the decision refers to by id, or by a serial that is unique in the file."""
    reference = (decision.get("benchmark") or {}).get("matter")
    if not reference:
        return None
    by_id = [draft for draft in drafts if draft.id == reference]
    coded = [draft for draft in drafts if draft.code and draft.code in str(reference).split()]
    named = by_id or coded or [draft for draft in drafts if draft.serial == reference]
    return named[0] if len(named) == 1 else None


def benchmark_figure(decision: Mapping[str, Any], drafts: Sequence[BenchmarkDraft]) -> Figure:
    """The tier or formula of the referenced benchmark for the recorded facts."""
    reference = (decision.get("benchmark") or {}).get("matter")
    draft = referenced_draft(decision, drafts)
    if draft is None:
        printed = _printed_formula(decision)
        if printed is not None:
            return printed
        return Figure(
            None, f"所引基准“{reference}”不在基准文件中" if reference else "决定没有写明所引基准的事项"
        )
    facts = case_facts(decision, draft)
    result = recommend(draft.rules, facts, draft.vocabulary)
    if result.status is RecommendationStatus.DETERMINED:
        return _figure(result, decision, "")
    silent = recommend(draft.rules, unconfirmed_as_false(facts, draft.vocabulary), draft.vocabulary)
    if silent.status is RecommendationStatus.DETERMINED:
        return _figure(silent, decision, "（决定没有记载的情形视为未认定）")
    result = silent if silent.matched else result
    tier = _named_tier(decision, draft)
    if tier is not None:
        forced = BenchmarkRules(
            draft.rules.mode, formula=draft.rules.formula, statutory=draft.rules.statutory, groups=(tier,)
        )
        named = recommend(forced, facts, draft.vocabulary)
        if named.options and named.status is RecommendationStatus.DETERMINED:
            return _figure(named, decision, "（档次按决定书载明的认定）")
        result = named
    return _undetermined(result)


def _figure(result: Recommendation, decision: Mapping[str, Any], assumed: str) -> Figure:
    option = result.options[0]
    names = "、".join(
        dict.fromkeys(f"“{one.name}”" for one in result.options if one.name not in ("", "默认"))
    )
    if option.no_penalty:
        return Figure(None, f"基准{names}档：不予处罚{assumed}", no_penalty=True)
    amounts = _amounts(result, decision)
    if not amounts:
        return Figure(None, f"基准{names}档没有罚款金额{assumed}")
    envelope = _envelope(amounts)
    steps = "；".join(dict.fromkeys(step for amount in amounts for step in amount.steps))
    return Figure(envelope, f"基准{names}{assumed}：{steps}")


def _amounts(result: Recommendation, decision: Mapping[str, Any]) -> list[AmountRange]:
    """The ranges that concern the party fined, not the persons in charge beside it."""
    wanted = {str(one.get("subject")) for one in decision.get("imposed") or () if one.get("subject")}
    if subject_kind(str(decision.get("party_type") or "")) == "个人":
        wanted = wanted or {"个人", ""}
    ranges = [one.amount for one in result.ranges]
    named = [one for one in ranges if one.subject in wanted]
    own = [one for one in ranges if one.subject in ("", "单位", "建设单位")]
    return named or own or ranges


def _envelope(amounts: Sequence[AmountRange]) -> AmountRange:
    low = min(amounts, key=lambda one: one.min_fen)
    high = max(amounts, key=lambda one: one.max_fen)
    return replace(low, max_fen=high.max_fen, max_inclusive=high.max_inclusive)


def _undetermined(result: Recommendation) -> Figure:
    labels = tuple(dict.fromkeys(need.label for need in result.needs))
    if result.status is RecommendationStatus.CHOOSE:
        return Figure(None, "；".join(result.notes) or "同时符合多个档次", labels)
    if labels:
        return Figure(None, f"按基准计算还缺少事实：{'、'.join(labels)}", labels)
    return Figure(None, "记录的事实不符合基准的任何一档")


def _named_tier(decision: Mapping[str, Any], draft: BenchmarkDraft) -> Group | None:
    """The group with only the tier the decision names, its condition taken as established."""
    text = str((decision.get("benchmark") or {}).get("tier") or "")
    if not text or NOT_A_TIER.search(text):
        return None
    wanted = plain(text)
    kind = subject_kind(str(decision.get("party_type") or ""))
    found: list[tuple[int, Group]] = []
    for group in draft.rules.groups:
        subjects = {component.subject for tier in group.tiers for component in tier.components}
        if (kind, subjects) in (("个人", {"单位"}), ("单位", {"个人"})):
            continue
        for tier in group.tiers:
            length = max((len(words) for words in _tier_words(tier) if _stated(words, wanted)), default=0)
            if length:
                forced = replace(group, tiers=(replace(tier, condition=ALWAYS),), applies_when=None)
                found.append((length, forced))
    longest = [group for length, group in found if length == max(size for size, _ in found)]
    return longest[0] if len(longest) == 1 else None


def _tier_words(tier: Tier) -> list[str]:
    """The tier's name and those of its clauses that are long enough to be recognised."""
    clauses = [plain(text) for text in tier.condition_texts]
    return [plain(tier.name), *(text for text in clauses if len(text) >= SHORTEST_CLAUSE)]


def _stated(name: str, text: str) -> bool:
    """Whether `name` stands in `text` without a negation before it."""
    if name not in text:
        return False
    before = text[: text.index(name)]
    return not before.endswith(("非", "不", "未"))


def first_offence_maximum(decision: Mapping[str, Any], drafts: Sequence[BenchmarkDraft]) -> int | None:
    """The most the referenced benchmark allows for a first offence, in fen."""
    draft = referenced_draft(decision, drafts)
    if draft is None:
        return None
    facts = unconfirmed_as_false(case_facts(decision, draft), draft.vocabulary)
    counts = {code: 1 for code in draft.vocabulary if code.startswith(COUNT_FACTS)}
    amounts = _amounts(recommend(draft.rules, {**facts, **counts}, draft.vocabulary), decision)
    return max((amount.max_fen for amount in amounts), default=None)


def _printed_formula(decision: Mapping[str, Any]) -> Figure | None:
    text = str((decision.get("benchmark") or {}).get("formula") or "")
    value = printed_amount(text) if text else None
    if value is None:
        return None
    fen = fen_from_yuan(value)
    return Figure(AmountRange("", fen, fen), f"按决定书载明的算式复算：{text}，得{yuan_text(fen)}")
