"""The wording of 行政处罚决定书 and 不予行政处罚决定书, from a snapshot. Pure.

The same paragraphs are shown beside the case (preview) and written into the Word file. 行政处罚法 第五十九条 names
what must be in it: party, facts and evidence, kind and basis, manner and term, remedies, agency and date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cases.statuses import Outcome
from enforcement.wording import DIGITS, chinese_number, date_zh

PERSON = "person"
REVIEW_DAYS = "六十日"
COURT_MONTHS = "六个月"
PAYMENT_DAYS = "十五日"


@dataclass(frozen=True, slots=True)
class DecisionText:
    """One decision in words. `number` is empty in a preview; `body` holds whole paragraphs."""

    agency: str
    title: str
    number: str
    number_stem: str
    party_lines: tuple[str, ...]
    body: tuple[str, ...]
    date_line: str


def decision_text(snapshot: Mapping[str, Any]) -> DecisionText:
    """The document of a snapshot; every amount also in upper-case words."""
    issued = dt.date.fromisoformat(snapshot["issued_on"]) if snapshot.get("issued_on") else None
    return DecisionText(
        agency=snapshot["agency"]["name"],
        title=snapshot["title"],
        number=snapshot["number"],
        number_stem=snapshot.get("number_stem", ""),
        party_lines=tuple(_party_lines(snapshot["party"])),
        body=tuple(part for part in _body(snapshot) if part),
        date_line=chinese_date(issued) if issued else "年　　月　　日",
    )


def chinese_date(day: dt.date) -> str:
    """二〇二六年三月五日, as documents are dated."""
    year = "".join(DIGITS[int(sign)] if sign != "0" else "〇" for sign in str(day.year))
    return f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"


def _party_lines(party: Mapping[str, str]) -> list[str]:
    lines = [f"当事人：{party['name']}" + ("" if party["kind"] == PERSON else f"（{party['kind_label']}）")]
    if party["identifier"]:
        lines.append(f"{party['identifier_label']}：{party['identifier']}")
    if party["representative"]:
        lines.append(f"法定代表人（负责人）：{party['representative']}")
    if party["address"]:
        lines.append(f"住所（经营场所）：{party['address']}")
    return lines


def _body(snapshot: Mapping[str, Any]) -> list[str]:
    case, law = snapshot["case"], snapshot["law"]
    opened = date_zh(dt.date.fromisoformat(case["opened_on"]))
    no_penalty = snapshot["outcome"] == Outcome.NO_PENALTY
    return [
        *_opening(f"本机关于{opened}对当事人涉嫌{case['violation']}一案立案调查。", snapshot),
        _ended(case["narrative"]) if case["narrative"] else "",
        f"上述事实，有{'、'.join(case['evidence'])}等证据证明。" if case["evidence"] else "",
        f"当事人的行为违反了{'、'.join(law['violated'])}的规定。" if law["violated"] else "",
        _hearing(snapshot["statement_and_defence"]) if not no_penalty else "",
        *(["裁量依据适用及说明："] if snapshot["statement"] else []),
        *str(snapshot["statement"]).split("\n"),
        *_decision(snapshot),
        _remedies(snapshot["agency"], punished=not no_penalty),
    ]


def _opening(opened: str, snapshot: Mapping[str, Any]) -> list[str]:
    """The filing and, where there were any, the recusals; the findings follow."""
    recusals = _recusals(snapshot.get("recusals", ()))
    return [opened, *recusals, "现查明："] if recusals else [f"{opened}现查明："]


def _recusals(recusals: Sequence[Mapping[str, str]]) -> list[str]:
    """One sentence for each decided request (行政处罚法 第四十三条)."""
    lines = []
    for one in recusals:
        asked = {"party": f"当事人申请{one['person']}回避", "officer": f"{one['person']}申请回避"}.get(
            one["asked_by"], f"本机关审查{one['person']}应否回避"
        )
        asked_on = date_zh(dt.date.fromisoformat(one["requested_on"]))
        decided_on = date_zh(dt.date.fromisoformat(one["decided_on"]))
        decider = "负责人集体讨论" if one["body"] == "collective" else "本机关负责人"
        verdict = f"{one['person']}回避" if one["outcome"] == "recused" else "不予回避"
        lines.append(f"{asked_on}，{asked}；{decided_on}，经{decider}决定，{verdict}。")
    return lines


def _hearing(details: Mapping[str, Any]) -> str:
    if not details:
        return ""
    told = date_zh(dt.date.fromisoformat(details["notice_given_on"]))
    words = (
        f"本机关于{told}告知当事人拟作出行政处罚的内容及事实、理由、依据，并告知其依法享有陈述、申辩等权利。"
    )
    if not details.get("content"):
        return words + "当事人未提出陈述、申辩意见。"
    return (
        f"{words}当事人提出陈述、申辩意见：{_ended(details['content'])}经复核，{_ended(details['response'])}"
    )


def _decision(snapshot: Mapping[str, Any]) -> list[str]:
    if not snapshot["outcome"]:
        return ["（查明事实、提出处理建议后，在此写明决定内容。）"]
    return (
        _no_penalty_decision(snapshot)
        if snapshot["outcome"] == Outcome.NO_PENALTY
        else _penalty_decision(snapshot)
    )


def _no_penalty_decision(snapshot: Mapping[str, Any]) -> list[str]:
    basis = "《中华人民共和国行政处罚法》第三十三条"
    statutory = snapshot["analysis"].get("statutory", {})
    if statutory.get("outcome") == "must_not_penalise" and snapshot["analysis"].get("source", {}).get(
        "text", ""
    ).startswith("《中华"):
        basis = snapshot["analysis"]["source"]["text"]
    entry = snapshot["analysis"].get("entry") if snapshot["follows_analysis"] else None
    source = f"和{entry['label']}" if entry else ""
    lines = [f"依照{basis}{source}的规定，本机关决定对当事人不予行政处罚。"]
    if snapshot["education"]:
        lines.append(f"本机关已对当事人进行教育：{_ended(snapshot['education'])}")
    if snapshot["other_measures"]:
        lines.append(f"当事人还应当：{_ended('；'.join(snapshot['other_measures']))}")
    return lines


def _penalty_decision(snapshot: Mapping[str, Any]) -> list[str]:
    basis = "、".join(snapshot["law"]["punished_by"]) or "有关法律规定"
    measures = [
        f"{'对' + fine['subject'] if fine['subject'] else ''}罚款人民币{fine['text']}（大写：{fine['upper']}）"
        for fine in snapshot["fines"]
    ]
    measures += list(snapshot["other_measures"])
    soft = snapshot["outcome"] in (Outcome.LIGHTER, Outcome.MITIGATED)
    also = (
        "和《中华人民共和国行政处罚法》第三十二条" if soft and "第三十二条" in snapshot["statement"] else ""
    )
    degree = {Outcome.LIGHTER: "从轻", Outcome.MITIGATED: "减轻", Outcome.HEAVIER: "从重"}.get(
        snapshot["outcome"], ""
    )
    lead = f"依照{basis}{also}的规定，本机关决定对当事人{degree}作出如下行政处罚："
    numbered = (
        [f"{_ended(measures[0])}"]
        if len(measures) == 1
        else [
            f"{chinese_number(place)}、{_ended(measure)}" for place, measure in enumerate(measures, start=1)
        ]
    )
    return [lead, *numbered, *([_payment()] if snapshot["fines"] else [])]


def _payment() -> str:
    """行政处罚法 第六十七条、第七十二条."""
    return (
        f"当事人应当自收到本决定书之日起{PAYMENT_DAYS}内，到指定的银行或者通过电子支付系统缴纳罚款。"
        "到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额。"
        "确有经济困难，需要延期或者分期缴纳的，可以向本机关提出书面申请。"
    )


def _remedies(agency: Mapping[str, str], *, punished: bool) -> str:
    review = agency["review_authority"] or "有管辖权的行政复议机关"
    court = agency["court"] or "有管辖权的人民法院"
    words = (
        f"如不服本决定，可以自收到本决定书之日起{REVIEW_DAYS}内向{review}申请行政复议，"
        f"也可以自收到本决定书之日起{COURT_MONTHS}内依法向{court}提起行政诉讼。"
    )
    return words + (
        "申请行政复议或者提起行政诉讼期间，行政处罚不停止执行，法律另有规定的除外。" if punished else ""
    )


def _ended(text: str) -> str:
    stripped = text.strip()
    return stripped if stripped.endswith(("。", "；", "：")) else f"{stripped}。"
