"""Every act on a case with the duty that does it, the stage it needs, and what a form sends; for tests of the gate."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cases.models import Case, Recusal
from cases.services.issue_decision import issue_decision
from cases.services.later_steps import StatementRecord, deliver_document, record_statement
from cases.services.recuse_officer import RecusalRequest, request_recusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Account, Certificate, CertificateSuspension, Officer, RoleGrant
from tests.case_builders import (
    NOT_CORRECTED,
    TODAY,
    CaseWorld,
    answer,
    approve,
    make_case,
    propose,
)

STAGES = ("investigation", "approval", "notice", "decision", "delivery", "execution")


def staged(world: CaseWorld, stage: str, day: dt.date = TODAY) -> Case:
    """A case with a fine in the given stage, with a third officer beside the handlers and a pending recusal request."""
    case = answer(world, make_case(world), NOT_CORRECTED, today=day)
    third = third_officer(world)
    request = RecusalRequest("party", "other_relation", "当事人称系其邻居", day, officer_id=third.pk)
    request_recusal(actor=world.officer, case_id=case.pk, request=request, today=day)
    steps: tuple[Callable[[], Any], ...] = (
        lambda: propose(world, case, today=day),
        lambda: approve(world, case, today=day),
        lambda: record_statement(
            actor=world.officer, case_id=case.pk, record=StatementRecord(day, day), today=day
        ),
        lambda: issue_decision(actor=world.officer, case_id=case.pk, today=day),
        lambda: deliver_document(
            actor=world.officer,
            case_id=case.pk,
            delivered_on=day,
            method="direct",
            receiver="本人",
            today=day,
        ),
    )
    for step in steps[: STAGES.index(stage)]:
        step()
    return Case.objects.get(pk=case.pk)


def third_officer(world: CaseWorld) -> Officer:
    """An officer of the agency with a certificate and an account, who handles nothing yet."""
    found = Officer.objects.filter(name="普三").first()
    if found is not None:
        return found
    agency = world.agency
    third = Officer.objects.create(
        name="普三", agency=agency, region_code=agency.region_code, line_code=agency.line_code
    )
    Certificate.objects.create(
        officer=third, number="云三0003", valid_from=dt.date(2024, 1, 1), valid_until=dt.date(2028, 12, 31)
    )
    account = Account.objects.create_user("third", None, display_name="普三", agency=agency, officer=third)
    RoleGrant.objects.create(
        account=account, role="officer", region_code=agency.region_code, line_code=agency.line_code
    )
    world.accounts["third"] = account
    return third


@dataclass(frozen=True, slots=True)
class Door:
    """One act: who does it in which stage, by which page with which fields. `needs_two`: two valid handlers."""

    act: str
    by: str
    stage: str
    route: str
    fields: Callable[[CaseWorld, Case], dict[str, Any]]
    needs_two: bool = False

    def body(self, world: CaseWorld, case: Case) -> dict[str, Any]:
        """What a program sends for the same act."""
        return API_BODIES[self.act](world, case)

    def arguments(self, case: Case) -> list[int]:
        if self.route != "cases:recusal_decision":
            return [case.pk]
        return [case.pk, Recusal.objects.get(case=case).pk]


def _handlers(world: CaseWorld, case: Case) -> dict[str, Any]:
    return {
        "lock_version": case.lock_version,
        "handlers": [str(world.officer.officer_id), str(third_officer(world).pk)],
        "reason": "原承办人调离岗位。",
    }


def _proposal(world: CaseWorld, case: Case) -> dict[str, Any]:
    return {"lock_version": case.lock_version, "fine": "1,000"}


def _verdict(verdict: str) -> Callable[[CaseWorld, Case], dict[str, Any]]:
    return lambda world, case: {
        "proposal_id": case.proposals.get().pk,
        "text": "意见已阅。",
        "verdict": verdict,
    }


DOORS = (
    Door(
        "record_facts",
        "officer",
        "investigation",
        "cases:facts",
        lambda world, case: {
            "lock_version": case.lock_version,
            "value:harm": "无",
            "source:harm": "interview",
            "note:harm": "第3页",
        },
        needs_two=True,
    ),
    Door(
        "record_narrative",
        "officer",
        "investigation",
        "cases:narrative",
        lambda world, case: {
            "text-lock_version": case.lock_version,
            "text-narrative": "改写的事实。",
            "text-evidence": "笔录",
        },
        needs_two=True,
    ),
    Door("submit_proposal", "officer", "investigation", "cases:propose", _proposal, needs_two=True),
    Door("approve", "approver", "approval", "cases:review", _verdict("approved")),
    Door("return_proposal", "approver", "approval", "cases:review", _verdict("returned")),
    Door(
        "record_statement",
        "officer",
        "notice",
        "cases:statement",
        lambda world, case: {"notice_given_on": "20261123", "heard_on": "20261123"},
        needs_two=True,
    ),
    Door("issue_decision", "officer", "decision", "cases:issue", lambda world, case: {}, needs_two=True),
    Door(
        "deliver",
        "officer",
        "delivery",
        "cases:deliver",
        lambda world, case: {"delivered_on": "20261123", "method": "direct", "receiver": "本人"},
        needs_two=True,
    ),
    Door(
        "close",
        "officer",
        "execution",
        "cases:close",
        lambda world, case: {"closed_on": "20261123", "fulfilment": "paid"},
    ),
    Door(
        "withdraw",
        "approver",
        "investigation",
        "cases:withdraw",
        lambda world, case: {"reason": "现有证据不足以证明违法事实成立。"},
    ),
    Door("change_handlers", "approver", "investigation", "cases:handlers", _handlers),
    Door(
        "decide_recusal",
        "approver",
        "investigation",
        "cases:recusal_decision",
        lambda world, case: {"outcome": "recused", "grounds": "系当事人近亲属，应当回避。"},
    ),
)
OFFICER_DOORS = tuple(door for door in DOORS if door.by == "officer")
APPROVER_DOORS = tuple(door for door in DOORS if door.by == "approver")


API_BODIES: dict[str, Callable[[CaseWorld, Case], dict[str, Any]]] = {
    "record_facts": lambda world, case: {
        "facts": {"harm": {"value": "无", "source": "interview", "note": "第3页"}}
    },
    "record_narrative": lambda world, case: {
        "narrative": "改写的事实。",
        "evidence": ["笔录"],
        "place": "青藤路",
    },
    "submit_proposal": lambda world, case: {
        "follows_analysis": True,
        "fines": [{"subject": "", "fen": 100_000}],
    },
    "approve": lambda world, case: {"proposal_id": case.proposals.get().pk, "text": "同意。"},
    "return_proposal": lambda world, case: {"proposal_id": case.proposals.get().pk, "text": "补充询问笔录。"},
    "record_statement": lambda world, case: {"notice_given_on": "2026-11-23", "heard_on": "2026-11-23"},
    "issue_decision": lambda world, case: {},
    "deliver": lambda world, case: {"delivered_on": "2026-11-23", "method": "direct", "receiver": "本人"},
    "close": lambda world, case: {"closed_on": "2026-11-23", "fulfilment": "paid"},
    "withdraw": lambda world, case: {"reason": "现有证据不足以证明违法事实成立。"},
    "change_handlers": lambda world, case: {
        "handler_ids": [world.officer.officer_id, third_officer(world).pk],
        "reason": "原承办人调离岗位。",
    },
    "decide_recusal": lambda world, case: {
        "recusal_id": Recusal.objects.get(case=case, outcome="pending").pk,
        "outcome": "recused",
        "grounds": "系当事人近亲属，应当回避。",
    },
}


def opening_fields(world: CaseWorld, **changes: Any) -> dict[str, Any]:
    """What the opening form sends."""
    return {
        "operation_id": str(uuid.uuid4()),
        "violation": world.violation.name,
        "source": "inspection",
        "party_kind": "sole_trader",
        "party_identifier": "92530102MA6K00777X",
        "party_name": "阿诺小吃店",
        "act_date": "2026.11.17",
        "found_on": "20261117",
        "opened_on": "20261123",
        "handlers": [str(world.officer.officer_id), str(world.partner.officer_id)],
        **changes,
    }


def written(case: Case) -> tuple[object, ...]:
    """Everything an act could have changed."""
    fresh = Case.objects.get(pk=case.pk)
    return (
        fresh.status,
        fresh.lock_version,
        fresh.facts,
        fresh.narrative,
        fresh.events.count(),
        list(fresh.proposals.values_list("pk", "verdict")),
        fresh.documents.count(),
        list(fresh.handlers.order_by("pk").values_list("pk", flat=True)),
        list(fresh.recusals.order_by("pk").values_list("pk", "outcome")),
    )


def refused_codes(case: Case) -> list[tuple[str, str]]:
    entries = LedgerEntry.objects.filter(action=LedgerAction.ACT_REFUSED, subject_id=str(case.pk))
    payloads = [json.loads(entry.payload) for entry in entries]
    return [(payload["act"], payload["code"]) for payload in payloads]


# --- What makes a person unfit; each takes the world and the officer concerned --------------------------------------
YESTERDAY = TODAY - dt.timedelta(days=1)


def without_certificate(world: CaseWorld, case: Case | None, officer_id: int) -> None:
    Certificate.objects.filter(officer_id=officer_id).delete()


def expired_the_day_before(world: CaseWorld, case: Case | None, officer_id: int) -> None:
    Certificate.objects.filter(officer_id=officer_id).update(valid_until=YESTERDAY)


def suspended(world: CaseWorld, case: Case | None, officer_id: int) -> None:
    for certificate in Certificate.objects.filter(officer_id=officer_id):
        CertificateSuspension.objects.create(
            certificate=certificate, starts_on=TODAY, ends_on=TODAY, reason="群众投诉"
        )


def left(world: CaseWorld, case: Case | None, officer_id: int) -> None:
    Officer.objects.filter(pk=officer_id).update(left_on=YESTERDAY)


def revoked(world: CaseWorld, case: Case | None, officer_id: int) -> None:
    Certificate.objects.filter(officer_id=officer_id).update(
        revoked_on=TODAY, revocation_kind="cancelled", revocation_reason="调离执法岗位"
    )


def auxiliary(world: CaseWorld, case: Case | None, officer_id: int) -> None:
    Officer.objects.filter(pk=officer_id).update(is_auxiliary=True)


def recused(world: CaseWorld, case: Case | None, officer_id: int) -> None:
    assert case is not None
    Recusal.objects.create(
        case=case,
        officer_id=officer_id,
        account=Account.objects.filter(officer=officer_id).first(),
        person_name="某人",
        asked_by="party",
        reason_kind="direct_interest",
        reason="系当事人近亲属",
        requested_on=TODAY,
        recorded_by=world.accounts["partner"],
        outcome="recused",
        decided_on=TODAY,
        decided_by=world.accounts["reviewer"],
        body="head",
        grounds="应当回避",
    )


UNFIT = {
    "without certificate": (without_certificate, "officer_not_qualified"),
    "expired the day before": (expired_the_day_before, "officer_not_qualified"),
    "suspended": (suspended, "officer_not_qualified"),
    "auxiliary": (auxiliary, "officer_not_qualified"),
    "left": (left, "officer_not_qualified"),
    "revoked": (revoked, "officer_not_qualified"),
    "recused": (recused, "recused"),
}
