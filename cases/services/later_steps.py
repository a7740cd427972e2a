"""The steps after approval that only record what happened: statement, delivery, closing, and withdrawal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models

from cases.models import Case
from cases.services.advance_case import Step, advance_case, lock_case, require_fit_on, require_step
from cases.services.refused_acts import enforcement_act
from cases.workflow import Act
from enforcement.actors import Actor
from enforcement.errors import InvalidInput

REASONS_AT_LEAST = 10


class DeliveryMethod(models.TextChoices):
    """行政处罚法 第六十一条 and the modes of 民事诉讼法."""

    IN_PERSON = "in_person", "当场交付"
    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"
    POST = "post", "邮寄送达"
    ELECTRONIC = "electronic", "电子送达（已签确认书）"
    ENTRUSTED = "entrusted", "委托送达"
    PUBLIC_NOTICE = "public_notice", "公告送达"


class Fulfilment(models.TextChoices):
    """How a penalty was carried out."""

    PAID = "paid", "罚款已缴清，处罚已执行完毕"
    COURT = "court", "已申请人民法院强制执行并执结"
    TERMINATED = "terminated", "依法终结执行"


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """事先告知与陈述申辩: what was told when, and what the party said. An empty `content` means they waived it."""

    notice_given_on: dt.date
    heard_on: dt.date
    content: str = ""
    response: str = ""


def record_statement(*, actor: Actor, case_id: int, record: StatementRecord, today: dt.date) -> Case:
    """Notice → decision (行政处罚法 第四十四条、第四十五条)."""
    with enforcement_act(actor=actor, case_id=case_id, act=Act.RECORD_STATEMENT):
        case = lock_case(actor=actor, case_id=case_id)
        step = require_step(actor=actor, case=case, act=Act.RECORD_STATEMENT, today=today)
        fields: dict[str, list[str]] = {}
        _check_day(fields, "notice_given_on", record.notice_given_on, "告知日期", case.opened_on, today)
        _check_day(fields, "heard_on", record.heard_on, "听取意见日期", record.notice_given_on, today)
        if record.content.strip() and not record.response.strip():
            fields["response"] = ["当事人提出了意见，写明复核结果和是否采纳"]
        _refuse(fields)
        for name, day in (("notice_given_on", record.notice_given_on), ("heard_on", record.heard_on)):
            require_fit_on(actor=actor, case=case, row=step.row, day=day, today=today, field=name)
        details = {
            "notice_given_on": record.notice_given_on.isoformat(),
            "heard_on": record.heard_on.isoformat(),
            "content": record.content.strip(),
            "response": record.response.strip(),
        }
        said = "当事人提出陈述、申辩意见" if record.content.strip() else "当事人未提出陈述、申辩意见"
        _take(actor, case, step, record.heard_on, said, details)
    return case


def deliver_document(
    *, actor: Actor, case_id: int, delivered_on: dt.date, method: str, receiver: str, today: dt.date
) -> Case:
    """Delivery → execution or closed (行政处罚法 第六十一条)."""
    with enforcement_act(actor=actor, case_id=case_id, act=Act.DELIVER):
        case = lock_case(actor=actor, case_id=case_id)
        step = require_step(actor=actor, case=case, act=Act.DELIVER, today=today)
        fields: dict[str, list[str]] = {}
        _check_day(fields, "delivered_on", delivered_on, "送达日期", case.decision.issued_on, today)
        if method not in DeliveryMethod.values:
            fields["method"] = ["选择送达方式"]
        if not receiver.strip():
            fields["receiver"] = ["填写签收人，或者见证人、公告载体"]
        _refuse(fields)
        require_fit_on(
            actor=actor, case=case, row=step.row, day=delivered_on, today=today, field="delivered_on"
        )
        label = DeliveryMethod(method).label
        details = {"delivered_on": delivered_on.isoformat(), "method": label, "receiver": receiver.strip()}
        _take(actor, case, step, delivered_on, label, details)
    return case


def close_case(
    *, actor: Actor, case_id: int, closed_on: dt.date, fulfilment: str, note: str, today: dt.date
) -> Case:
    """Execution → closed."""
    with enforcement_act(actor=actor, case_id=case_id, act=Act.CLOSE):
        case = lock_case(actor=actor, case_id=case_id)
        step = require_step(actor=actor, case=case, act=Act.CLOSE, today=today)
        fields: dict[str, list[str]] = {}
        _check_day(fields, "closed_on", closed_on, "结案日期", case.decision.issued_on, today)
        if fulfilment not in Fulfilment.values:
            fields["fulfilment"] = ["选择执行情况"]
        _refuse(fields)
        label = Fulfilment(fulfilment).label
        words = "，".join(part for part in (label, note.strip()) if part)
        _take(actor, case, step, closed_on, words, {"fulfilment": label})
    return case


def withdraw_case(*, actor: Actor, case_id: int, reason: str, today: dt.date) -> Case:
    """Investigation → withdrawn, by an approver who is not a handler, with a reason."""
    with enforcement_act(actor=actor, case_id=case_id, act=Act.WITHDRAW):
        case = lock_case(actor=actor, case_id=case_id)
        step = require_step(actor=actor, case=case, act=Act.WITHDRAW, today=today)
        length = len("".join(reason.split()))
        if length < REASONS_AT_LEAST:
            _refuse({"reason": [f"撤销立案的理由至少 {REASONS_AT_LEAST} 字，现在是 {length} 字"]})
        _take(actor, case, step, today, reason.strip(), {})
    return case


def _check_day(
    fields: dict[str, list[str]], name: str, day: dt.date, label: str, not_before: dt.date, today: dt.date
) -> None:
    if day < not_before:
        fields[name] = [f"{label}不能早于 {not_before.isoformat()}"]
    elif day > today:
        fields[name] = [f"{label}不能晚于今天"]


def _refuse(fields: dict[str, list[str]]) -> None:
    if fields:
        raise InvalidInput.from_fields("step_invalid", fields)


def _take(actor: Actor, case: Case, step: Step, day: dt.date, note: str, details: dict[str, Any]) -> None:
    advance_case(
        actor=actor,
        case=case,
        step=step,
        happened_on=day,
        note=note,
        details=details,
        payload={"happened_on": day},
    )
