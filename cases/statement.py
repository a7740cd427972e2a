"""裁量依据适用及说明: the written reasons of a decision, drawn from the same analysis document that pages show.

行政处罚法 第三十四条; 51号 二(二). Pure text, no second computation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cases.entry_uses import EntryUseDraft, StatedReasons
from cases.statuses import DepartureClass, EntryStance, Outcome
from enforcement.wording import money_text


def discretion_statement(
    *,
    analysis: Mapping[str, Any],
    outcome: str,
    fines: Sequence[Mapping[str, Any]] = (),
    follows_analysis: bool = True,
    departure_class: str = "",
    departure_reasons: str = "",
    mitigation_basis: str = "",
    uses: Sequence[EntryUseDraft] = (),
) -> str:
    """The paragraphs, joined by line breaks. `uses` adds the entries that were met and not applied, with the reasons."""
    # A departure does not rest on the entry or the tier that the analysis found.
    followed = (*_entry_part(analysis), *_tier_part(analysis)) if follows_analysis else ()
    parts = [
        *followed,
        *(() if follows_analysis else _other_entry_part(uses)),
        *_statute_part(analysis),
        *(str(note) for note in analysis.get("version_notes", ())),
        _result_part(outcome, fines),
    ]
    if mitigation_basis.strip():
        parts.append(f"减轻处罚的依据和理由：{_ended(mitigation_basis)}")
    if not follows_analysis:
        reason_class = DepartureClass(departure_class).label if departure_class else ""
        advice = str(analysis.get("verdict", "")).removeprefix("建议：")
        parts.append(
            f"系统分析的建议为“{advice}”。本案未采纳，理由（{reason_class}）：{_ended(departure_reasons)}"
        )
    departure = None if follows_analysis else StatedReasons(departure_class, departure_reasons.strip())
    parts += _refused_part(uses, departure)
    return "\n".join(part for part in parts if part)


def _entry_part(analysis: Mapping[str, Any]) -> list[str]:
    entry = analysis.get("entry")
    if not entry:
        return []
    rows = analysis["conditions"]["parts"][0]["rows"]
    met = _joined(
        row["text"] if not row["children"] else _met_children(row) for row in rows if row["state"] == "met"
    )
    words = (
        f"本案适用{entry['label']}。经查，{met}，符合该条规定的条件。"
        if met
        else f"本案适用{entry['label']}。"
    )
    excluded = [row for row in analysis.get("exclusions", ()) if row["state"] != "met"]
    checked = "该条的排除情形已逐项核对，均不存在。" if analysis.get("exclusions") and not excluded else ""
    return [words + checked]


def _other_entry_part(uses: Sequence[EntryUseDraft]) -> list[str]:
    """The entry that a departure rests on instead of the advice."""
    return [
        f"本案适用{use.entry.label}。经查，符合该条规定的条件：{_ended(use.entry.because)}"
        for use in uses
        if use.stance is EntryStance.APPLIED
    ]


def _refused_part(uses: Sequence[EntryUseDraft], departure: StatedReasons | None) -> list[str]:
    """One sentence for each entry that is met and not applied (行政处罚法 第三十四条: the reasons are public)."""
    sentences = []
    for use in uses:
        if use.stance is not EntryStance.REFUSED:
            continue
        lead = f"{use.entry.label}（{use.entry.demand}）的条件经查符合，本案未适用"
        if use.stated == departure:
            sentences.append(f"{lead}，理由同上。")
        else:
            label = DepartureClass(use.stated.reason_class).label
            sentences.append(f"{lead}，理由（{label}）：{_ended(use.stated.reasons)}")
    return sentences


def _met_children(row: Mapping[str, Any]) -> str:
    return _joined(
        child["text"] if not child["children"] else _met_children(child)
        for child in row["children"]
        if child["state"] == "met"
    )


def _statute_part(analysis: Mapping[str, Any]) -> list[str]:
    statutory = analysis["statutory"]
    if statutory["outcome"] in ("normal", "undecided"):
        return []
    return [f"{'；'.join(statutory['lines'])}。"]


def _tier_part(analysis: Mapping[str, Any]) -> list[str]:
    benchmark = analysis.get("benchmark")
    if not benchmark or not analysis.get("tier") or analysis.get("outcome") == Outcome.NO_PENALTY:
        return []
    rows: list[Any] = next(
        (part["rows"] for part in analysis["conditions"]["parts"] if part["title"].startswith("裁量档次")), []
    )
    met = _joined(
        row["text"] if not row["children"] else _met_children(row) for row in rows if row["state"] == "met"
    )
    because = f"经查，{met}，" if met else ""
    amount = f"，对应幅度为{analysis['range_text']}" if analysis.get("range_text") else ""
    words = f"对照{benchmark['label']}，{because}属于“{analysis['tier']}”档{amount}。"
    steps = analysis.get("steps") or []
    return [words, *([f"计算过程：{'；'.join(steps)}。"] if len(steps) > 1 else [])]


def _result_part(outcome: str, fines: Sequence[Mapping[str, Any]]) -> str:
    label = Outcome(outcome).label
    if not fines:
        return f"综合全案，本案作{label}处理。"
    amounts = "，".join(
        f"{fine['subject'] + ' ' if fine['subject'] else ''}罚款{money_text(fine['fen'], unit='元')}"
        for fine in fines
    )
    return f"综合违法行为的事实、性质、情节以及社会危害程度，本案作{label}，{amounts}。"


def _joined(texts: Iterable[str]) -> str:
    return "，".join(text for text in texts if text)


def _ended(text: str) -> str:
    stripped = text.strip()
    return stripped if stripped.endswith(("。", "；")) else f"{stripped}。"
