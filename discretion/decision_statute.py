"""What the statute a decision records comes to in fen: printed ranges, multiples and percents of recorded bases."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from discretion.decision_amounts import Figure, referenced_draft
from discretion.decision_facts import case_facts, recorded_amount, subject_kind
from discretion.rules.amounts import AmountRange
from discretion.rules.import_research import BenchmarkDraft
from discretion.rules.money import fen_from_yuan, number_text, round_fen, yuan_text
from discretion.rules.statutory_limits import statutory_range
from discretion.rules.statutory_ranges import FineRange, food_safety_124

OVERDUE = re.compile(r"逾期(未|不|没有)|拒不改正")
UNVERIFIED = "NOT in the retrieved"
OTHER_PARTY = {"个人": "单位", "单位": "个人"}


def statutory_figures(decision: Mapping[str, Any], drafts: Sequence[BenchmarkDraft]) -> list[Figure]:
    """Each statutory range that applies computed in fen, or the base it lacks.

    Without a recorded range: the provision itself where its figures are known, else the one the benchmark rests on.
    """
    entries = _applicable(list(decision.get("statutory_range") or ()), decision)
    if entries:
        return [_statutory(entry, decision) for entry in entries]
    known = _known_provision(decision)
    if known is not None:
        return [known]
    draft = referenced_draft(decision, drafts)
    if draft is None:
        return []
    limit = statutory_range(draft.rules.statutory, "", case_facts(decision, draft), draft.vocabulary)
    return [] if limit is None else [Figure(limit, f"基准所列法定幅度{limit.text}")]


def _applicable(entries: list[Mapping[str, Any]], decision: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A range marked 逾期不改正 needs that fact recorded; one for the other kind of party does not apply."""
    overdue = [entry for entry in entries if OVERDUE.search(str(entry.get("range_source") or ""))]
    ordinary = [entry for entry in entries if entry not in overdue]
    if overdue and ordinary:
        entries = overdue if _recorded_overdue(decision) else ordinary
    other = OTHER_PARTY.get(subject_kind(str(decision.get("party_type") or "")))
    own = [entry for entry in entries if entry.get("subject") != other]
    return own or entries


def _known_provision(decision: Mapping[str, Any]) -> Figure | None:
    cited = {(str(one.get("law")), one.get("article")) for one in decision.get("penalty_law") or ()}
    if not any(law.endswith("食品安全法") and article == 124 for law, article in cited):
        return None
    found: FineRange | None = food_safety_124(recorded_amount(decision, "货值金额"))
    if found is None:
        return Figure(None, "缺少事实：货值金额，不能按食品安全法第一百二十四条计算", ("货值金额",))
    amount = AmountRange("", found.minimum, found.maximum)
    return Figure(amount, f"食品安全法第一百二十四条的幅度{amount.text}")


def _recorded_overdue(decision: Mapping[str, Any]) -> bool:
    return any(
        OVERDUE.search(str(fact.get("fact", ""))) is not None and fact.get("value") is True
        for fact in decision.get("facts") or ()
    )


def _statutory(entry: Mapping[str, Any], decision: Mapping[str, Any]) -> Figure:
    unit, base = str(entry.get("unit") or "元"), str(entry.get("base") or "")
    if not unit.endswith("元"):
        base = base or "计算罚款的基数"
    low, high = Decimal(str(entry.get("min") or 0)), Decimal(str(entry["max"]))
    subject = str(entry.get("subject") or "")
    remark = "（法定幅度未经原文核对）" if UNVERIFIED in str(entry.get("range_source") or "") else ""
    if unit.endswith("元") and not base:
        factor = {"万元": 10_000, "亿元": 10**8}.get(unit, 1)
        amount = AmountRange(subject, fen_from_yuan(low * factor), fen_from_yuan(high * factor), low > 0)
        return Figure(amount, f"法定幅度{amount.text}{remark}")
    printed = f"{base}的{number_text(low)}{unit}以上{number_text(high)}{unit}以下"
    recorded = recorded_amount(decision, base)
    if recorded is None:
        return Figure(None, f"缺少事实：{base}，不能算出“{printed}”的金额{remark}", (base,))
    divisor = 100 if unit in ("%", "％") else 1
    lowest, highest = (round_fen(Decimal(recorded) * figure / divisor) for figure in (low, high))
    amount = AmountRange(subject, lowest, highest, low > 0)
    return Figure(amount, f"{base}{yuan_text(recorded)}，法定幅度{printed}，即{amount.text}{remark}")


def percent_amount(decision: Mapping[str, Any], figure: Decimal, *, divisor: int) -> tuple[int | None, str]:
    """`figure` percent (divisor 100) or times (divisor 1) of the statutory base in fen, and the base's name."""
    for entry in decision.get("statutory_range") or ():
        base = str(entry.get("base") or "")
        recorded = recorded_amount(decision, base) if base else None
        if recorded is not None:
            return round_fen(Decimal(recorded) * figure / divisor), base
    names = [str(entry.get("base")) for entry in decision.get("statutory_range") or () if entry.get("base")]
    return None, "、".join(names) or "计算罚款的基数"
