"""The rows of the check page before a decision is sealed."""

from __future__ import annotations

from cases.selectors.case_page import CaseView
from cases.statuses import Outcome
from enforcement.personal_data import ShownParty
from enforcement.wording import date_zh, money_text, money_upper, provision_text


def check_rows(view: CaseView, party: ShownParty) -> list[dict[str, str]]:
    """Facts, evidence, law, tier, amount, reasons and remedies, as they will stand in the document."""
    case, proposal = view.case, view.proposal
    if proposal is None:
        return []
    law = [
        provision_text(one.as_reference())
        for one in (*case.violation.violated.all(), *case.violation.punished_by.all())
    ]
    rows = [
        ("当事人", f"{party.name}　{party.identifier}"),
        ("违法事实", case.narrative),
        ("行为发生日期", date_zh(case.act_date)),
        ("证据", "、".join(case.evidence)),
        ("依据", "、".join(law)),
        (
            "处理",
            Outcome(proposal.outcome).label + (f"，“{proposal.tier_label}”档" if proposal.tier_label else ""),
        ),
        ("罚款", _fines(proposal.fines)),
        ("其他处理", "；".join(proposal.other_measures)),
        ("教育内容", proposal.education),
        ("裁量说明", proposal.statement),
        (
            "审批",
            f"{proposal.decided_by.display_name if proposal.decided_by else ''} {proposal.decision_text}".strip(),
        ),
        ("陈述申辩", _statement(view)),
        (
            "救济途径",
            f"复议六十日（{case.agency.review_authority or '有管辖权的机关'}），诉讼六个月（{case.agency.court or '有管辖权的法院'}）",
        ),
        ("缴款期限", "收到之日起十五日；到期不缴，每日加处百分之三" if proposal.fines else ""),
    ]
    return [{"label": label, "value": value, "change_url": ""} for label, value in rows if value]


def _fines(fines: list[dict[str, object]]) -> str:
    parts = []
    for fine in fines:
        fen = int(str(fine["fen"]))
        subject = f"{fine['subject']} " if fine["subject"] else ""
        parts.append(f"{subject}{money_text(fen, unit='元')}（大写：{money_upper(fen)}）")
    return "；".join(parts)


def _statement(view: CaseView) -> str:
    event = next((one for one in view.case.events.all() if one.name == "record_statement"), None)
    if event is None:
        return ""
    return str(event.details.get("content") or "当事人未提出陈述、申辩意见")
