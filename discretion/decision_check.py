"""Compares published decisions with what the law and the benchmark give for their recorded facts.

A fine below the statutory minimum is not an error of the record: the verdict says that a ground for 减轻处罚 is
demanded. What cannot be computed is `needs`, with the missing fact named.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from discretion.decision_amounts import (
    benchmark_figure,
    first_offence_maximum,
)
from discretion.decision_review import Review, Status, Verdict, compared, imposed_words, verdict_on
from discretion.decision_statute import percent_amount, statutory_figures
from discretion.rules.amounts import AmountRange
from discretion.rules.import_research import BenchmarkDraft
from discretion.rules.money import fen_from_yuan, is_published_rounding, number_text, yuan_text
from enforcement.errors import InvalidInput


def check_decisions(drafts: Sequence[BenchmarkDraft], document: object) -> list[Verdict]:
    """A verdict for every decision of the file, in order. Raises `InvalidInput` for a wrong schema."""
    decisions = document.get("decisions") if isinstance(document, Mapping) else document
    if not isinstance(decisions, list) or not all(isinstance(one, Mapping) for one in decisions):
        raise InvalidInput.from_problems(
            "decisions_file_invalid", ["决定文件应为一个对象，其中“decisions”是决定的列表"]
        )
    return [check_decision(drafts, decision) for decision in decisions]


def check_decision(drafts: Sequence[BenchmarkDraft], decision: Mapping[str, Any]) -> Verdict:
    """One decision against the expectation it records, or against the lawful range when it records none."""
    try:
        return _checked(drafts, decision)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        why = f"记录的结构不符合约定，不能核对（{type(error).__name__}）"
        return Verdict(str(decision.get("id", "")), Status.NEEDS, None, None, why)


def _checked(drafts: Sequence[BenchmarkDraft], decision: Mapping[str, Any]) -> Verdict:
    name, _, argument = str(decision.get("expected_check") or "").partition(":")
    within = re.fullmatch(r"each_part_multiple_within_([\d.]+)_([\d.]+)", name)
    if within is not None:
        name, argument = "each_part_multiple_within", "_".join(within.groups())
    review = Review(
        decision=decision,
        drafts=drafts,
        benchmark=benchmark_figure(decision, drafts),
        statutory=tuple(statutory_figures(decision, drafts)),
        fines=_fines(decision),
        argument=argument,
    )
    return CHECKS.get(name, _general)(review)


def _fines(decision: Mapping[str, Any]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (fen_from_yuan(_in_yuan(one)), str(one.get("part") or ""))
        for one in decision.get("imposed") or ()
        if one.get("kind") == "罚款" and one.get("amount") is not None
    )


def _in_yuan(one: Mapping[str, Any]) -> Decimal:
    return Decimal(str(one["amount"])) * {"万元": 10_000, "亿元": 10**8}.get(str(one.get("unit") or "元"), 1)


def _lacking_statutory(review: Review) -> Verdict:
    return verdict_on(review, Status.NEEDS, None, f"不能核对：{review.statutory_words}")


def _below_minimum(review: Review) -> Verdict:
    limit = review.statutory_range
    if limit is None or review.total is None:
        return _lacking_statutory(review)
    lowest = min(review.ranges, key=lambda one: one.min_fen)
    below = 0 < review.total < lowest.min_fen
    why = (
        f"{imposed_words(review)}，低于法定最低额{yuan_text(lowest.min_fen)}，须有减轻处罚依据并写明理由"
        if below
        else f"{imposed_words(review)}，并不低于法定最低额{yuan_text(lowest.min_fen)}"
    )
    return compared(review, below, lowest, f"{why}；{review.statutory_words}")


def _within_statutory(review: Review) -> Verdict:
    limit = review.statutory_range
    if limit is None or review.total is None:
        return _lacking_statutory(review)
    each = len(review.fines) > 1 and all(
        any(one.contains(fine) for one in review.ranges) for fine, _ in review.fines
    )
    if each:
        return compared(review, True, limit, f"各项罚款分别在法定幅度内；{review.statutory_words}")
    return compared(review, limit.contains(review.total), limit, _position(review, limit))


def _position(review: Review, limit: AmountRange) -> str:
    total = review.total or 0
    if total < limit.min_fen:
        place = "低于法定最低额，须有减轻处罚依据并写明理由"
    elif total > limit.max_fen:
        place = "高于法定最高额"
    else:
        place = "在法定幅度内"
    return f"{imposed_words(review)}，{place}；{review.statutory_words}"


def _fixed(review: Review) -> Verdict:
    limit = review.statutory_range
    if limit is None or review.total is None:
        return _lacking_statutory(review)
    words = "法定为定额" if limit.is_fixed else "法定幅度不是定额"
    return compared(
        review,
        limit.is_fixed and review.total == limit.max_fen,
        limit,
        f"{words}；{review.statutory_words}；{imposed_words(review)}",
    )


def _at_minimum(review: Review) -> Verdict:
    limit = review.statutory_range
    if limit is None or review.total is None:
        return _lacking_statutory(review)
    why = f"{imposed_words(review)}，法定最低额{yuan_text(limit.min_fen)}；{review.statutory_words}"
    return compared(review, review.total == limit.min_fen, limit, why)


def _at_maximum(review: Review) -> Verdict:
    limit = review.statutory_range
    if limit is None or review.total is None:
        return _lacking_statutory(review)
    why = f"{imposed_words(review)}，法定最高额{yuan_text(limit.max_fen)}；{review.statutory_words}"
    return compared(review, review.total == limit.max_fen, limit, why)


def _equals_benchmark(review: Review) -> Verdict:
    """equals_tier, equals_formula: the benchmark's own figure, the stated one and the imposed one are the same."""
    figure = review.benchmark
    if figure.amount is None or review.total is None:
        return verdict_on(review, Status.NEEDS, None, f"不能核对：{figure.why}；{review.statutory_words}")
    stated = fen_from_yuan(review.argument) if review.argument else review.total
    holds = figure.amount.contains(stated) and review.total == stated
    why = f"{figure.why}；{imposed_words(review)}"
    if stated != review.total or not figure.amount.contains(stated):
        why += f"；记录的应罚数额为{yuan_text(stated)}，三者不一致"
    return compared(review, holds, figure.amount, _with_minimum(review, why))


def _with_minimum(review: Review, why: str) -> str:
    limit = review.statutory_range
    if limit is None or review.total is None or review.total >= limit.min_fen:
        return why
    return f"{why}；低于法定最低额{yuan_text(limit.min_fen)}，须有减轻处罚依据并写明理由"


def _above_first_tier(review: Review) -> Verdict:
    limit = review.statutory_range
    if limit is None or review.total is None:
        return _lacking_statutory(review)
    first = first_offence_maximum(review.decision, review.drafts)
    if first is None:
        return verdict_on(review, Status.NEEDS, limit, f"不能算出初次违法的档次：{review.benchmark.why}")
    holds = review.total > first and limit.contains(review.total)
    relation = "高于" if review.total > first else "没有高于"
    why = f"{imposed_words(review)}，{relation}基准初次违法一档的{yuan_text(first)}"
    return compared(review, holds, limit, f"{why}；{_position(review, limit)}；{review.benchmark.why}")


def _no_penalty(review: Review) -> Verdict:
    holds = not review.total
    if holds:
        why = "没有罚款，与不予处罚一致，没有应罚金额；不予处罚的理由须由决定载明，并对当事人进行教育"
    else:
        why = f"应为不予处罚，但{imposed_words(review)}"
    if review.statutory:
        why += f"；如处罚，{review.statutory_words}"
    return compared(review, holds, None, why)


def _part_multiples(review: Review) -> Verdict:
    low, high = (Decimal(part) for part in review.argument.split("_"))
    multiples = [_multiple_in(part) for _, part in review.fines]
    if not multiples or None in multiples:
        return verdict_on(review, Status.NEEDS, None, "不能核对：有的部分没有写明罚款倍数")
    found = [one for one in multiples if one is not None]
    recorded = {
        Decimal(str(fact["value"]))
        for fact in review.decision.get("facts") or ()
        if fact.get("unit") == "倍"
        and fact.get("value") is not None
        and not isinstance(fact["value"], (str, bool))
    }
    consistent = not recorded or recorded == set(found)
    outside = [one for one in found if not low <= one <= high]
    shown = "、".join(f"{number_text(one)}倍" for one in found)
    place = "均在" if not outside else f"其中{'、'.join(f'{number_text(one)}倍' for one in outside)}不在"
    why = f"各部分分别适用{shown}，{place}法定{number_text(low)}倍以上{number_text(high)}倍以下之内"
    why += "" if consistent else "；记录的倍数与各部分写明的倍数不一致"
    limit = review.statutory_range
    return compared(review, not outside and consistent, limit, f"{why}；{review.statutory_words}")


def _multiple_in(part: str) -> Decimal | None:
    matched = re.search(r"(\d+(?:\.\d+)?)\s*倍", part)
    return Decimal(matched.group(1)) if matched else None


def _equals_share(divisor: int, sign: str) -> Callable[[Review], Verdict]:
    def check(review: Review) -> Verdict:
        figure = Decimal(review.argument)
        exact, base = percent_amount(review.decision, figure, divisor=divisor)
        if exact is None or review.total is None:
            return verdict_on(review, Status.NEEDS, None, f"缺少事实：{base}；{review.statutory_words}")
        rounded = is_published_rounding(exact, review.total)
        holds = exact == review.total or rounded
        note = "（公布数经过四舍五入）" if rounded and exact != review.total else ""
        why = f"{base}×{number_text(figure)}{sign}＝{yuan_text(exact)}，{imposed_words(review)}{note}"
        computed = AmountRange("", exact, exact)
        limit = review.statutory_range
        inside = limit is None or limit.min_fen <= exact <= limit.max_fen
        why += "" if inside else "；不在法定幅度内"
        return compared(review, holds and inside, computed, f"{why}；{review.statutory_words}")

    return check


def _base_unknown(review: Review) -> Verdict:
    missing = [figure for figure in review.statutory if figure.missing]
    if not missing:
        return _within_statutory(review) if review.ranges else _lacking_statutory(review)
    implied = _implied_base(review)
    return verdict_on(
        review, Status.NEEDS, None, f"{review.statutory_words}；{imposed_words(review)}{implied}"
    )


def _implied_base(review: Review) -> str:
    """Between which bases the fine would be lawful; a hint, never used as a fact."""
    entries = review.decision.get("statutory_range") or ()
    entry = next((one for one in entries if one.get("base")), None)
    if entry is None or not review.total or not entry.get("min") or not entry.get("max"):
        return ""
    scale = 100 if entry.get("unit") == "%" else 1
    low, high = (int(Decimal(review.total) * scale / Decimal(str(entry[end]))) for end in ("max", "min"))
    return f"，反推基数在{yuan_text(low)}至{yuan_text(high)}之间才合于法定幅度"


def _tier_not_reached(review: Review) -> Verdict:
    if review.benchmark.amount is not None:
        return _general(review)
    tier = (review.decision.get("benchmark") or {}).get("tier")
    named = f"，决定所称“{tier}”的金额未取得" if tier else ""
    why = f"{review.benchmark.why}{named}；{review.statutory_words}"
    return verdict_on(review, Status.NEEDS, review.statutory_range, why)


def _general(review: Review) -> Verdict:
    """Without a known expectation: the benchmark if it gives an amount, else the statute."""
    figure = review.benchmark
    if review.total is None:
        return _no_penalty(review)
    if figure.amount is not None:
        holds = figure.amount.contains(review.total)
        why = f"{figure.why}；{imposed_words(review)}"
        return compared(review, holds, figure.amount, _with_minimum(review, why))
    if review.statutory_range is not None:
        return _within_statutory(review)
    return verdict_on(review, Status.NEEDS, None, f"{figure.why}；{review.statutory_words}")


CHECKS: dict[str, Callable[[Review], Verdict]] = {
    "below_statutory_minimum": _below_minimum,
    "within_statutory": _within_statutory,
    "statutory_fixed_amount": _fixed,
    "equals_statutory_minimum": _at_minimum,
    "equals_statutory_maximum": _at_maximum,
    "equals_tier": _equals_benchmark,
    "equals_formula": _equals_benchmark,
    "within_tier": _equals_benchmark,
    "above_first_offence_tier_within_statutory": _above_first_tier,
    "no_penalty": _no_penalty,
    "each_part_multiple_within": _part_multiples,
    "equals_percent": _equals_share(100, "%"),
    "equals_multiple": _equals_share(1, "倍"),
    "base_unknown": _base_unknown,
    "tier_amount_not_reached": _tier_not_reached,
}
