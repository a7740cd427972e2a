"""Act-day rules and decision-day rules side by side: 从旧兼从轻, the choice recorded."""

from __future__ import annotations

from dataclasses import dataclass

from cases.analysis.conclusion import SEVERITY, Conclusion, conclude
from cases.analysis.inputs import AnalysisInput, RulesInForce
from cases.statuses import Outcome
from discretion.rules.governing_version import Governs, ProvisionVersion, governing_lighter
from enforcement.conditions.evaluate import Facts
from enforcement.wording import date_zh


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """The conclusion under the governing rules; `governing` is old or new, `notes` say what was compared."""

    conclusion: Conclusion
    governing: str
    notes: tuple[str, ...] = ()


def choose_rules(inputs: AnalysisInput, facts: Facts) -> VersionChoice:
    """The rules of the day of the act, unless those of the day of decision are lighter for this case."""
    old = _drawn(inputs, inputs.at_act, facts)
    later = inputs.later
    if later is None or later.version_ids() == inputs.at_act.version_ids():
        return VersionChoice(old, Governs.OLD.value)
    new = _drawn(inputs, later, facts)
    head = _version_line(inputs.at_act, later)
    if old.outcome is None or new.outcome is None:
        return VersionChoice(old, Governs.OLD.value, (head, "事实查明后再比较新旧规定的轻重。"))
    governing, reason = _compared(old, new, inputs, later)
    chosen = new if governing is Governs.NEW else old
    lines = (
        head,
        f"行为发生日的规定：{_result(old)}；作出决定日的规定：{_result(new)}。",
        f"{reason}（行政处罚法第三十七条，从旧兼从轻）。",
    )
    return VersionChoice(chosen, governing.value, lines)


def _drawn(inputs: AnalysisInput, rules: RulesInForce, facts: Facts) -> Conclusion:
    return conclude(
        rules,
        facts,
        inputs.vocabulary,
        statutory=inputs.statutory(facts),
        statutory_fine=inputs.statutory_fine,
    )


def _compared(
    old: Conclusion, new: Conclusion, inputs: AnalysisInput, later: RulesInForce
) -> tuple[Governs, str]:
    severity_old, severity_new = SEVERITY[old.outcome or ""], SEVERITY[new.outcome or ""]
    if severity_old != severity_new:
        if severity_new < severity_old:
            return Governs.NEW, "新规定对当事人较轻，适用新规定"
        return Governs.OLD, "新规定不比旧规定轻，适用违法行为发生时的规定"
    if old.outcome is Outcome.NO_PENALTY or _fine(old) == _fine(new):
        return Governs.OLD, "新旧规定结果相同，适用违法行为发生时的规定"
    choice = governing_lighter(
        old=ProvisionVersion(fine=_fine(old), effective_from=inputs.at_act.day),
        new=ProvisionVersion(fine=_fine(new), effective_from=later.day),
        act_end=inputs.at_act.day,
        decided_on=later.day,
    )
    if choice.apply is None:
        return Governs.OLD, f"{choice.reason}，暂按违法行为发生时的规定列示"
    return choice.apply, choice.reason


def _fine(conclusion: Conclusion) -> tuple[int | None, int] | None:
    if not conclusion.ranges:
        return None
    amounts = [one.amount for one in conclusion.ranges]
    return min(one.min_fen for one in amounts), max(one.max_fen for one in amounts)


def _result(conclusion: Conclusion) -> str:
    outcome = conclusion.outcome.label if conclusion.outcome else "未定"
    texts = "；".join(one.amount.text for one in conclusion.ranges)
    return f"{outcome}{' ' + texts if texts else ''}"


def _version_line(at_act: RulesInForce, later: RulesInForce) -> str:
    return f"行为发生日（{date_zh(at_act.day)}）适用{_names(at_act)}；现行为{_names(later)}。"


def _names(rules: RulesInForce) -> str:
    names = dict.fromkeys(f"《{entry.document_title}》第{entry.version_number}版" for entry in rules.entries)
    if rules.benchmark is not None:
        names[f"《{rules.benchmark.title}》第{rules.benchmark.version_number}版"] = None
    return "、".join(names) or "没有相应规定"
